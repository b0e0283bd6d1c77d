import { expect, it } from "vitest";
import { linesOf, messagesByLine } from "./warnings";

const warning = (line: number, message: string, lines: number[] = []) => ({
  line,
  code: "x",
  message,
  lines,
});

it("a warning about many lines names them all, one about the file none", () => {
  expect(linesOf(warning(3, "a", [3, 9, 12]))).toEqual([3, 9, 12]);
  expect(linesOf(warning(3, "a"))).toEqual([3]);
  expect(linesOf(warning(0, "a"))).toEqual([]);
});

it("two warnings at one line do not hide each other", () => {
  const found = messagesByLine([
    warning(3, "Taken for a heading."),
    warning(3, "Glued."),
    warning(0, "Windows-1252."),
  ]);
  expect([...found]).toEqual([[3, "Taken for a heading. Glued."]]);
});
