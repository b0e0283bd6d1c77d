import { expect, it } from "vitest";
import type { ShotRead } from "@/client/types.gen";
import { layOut } from "./lanes";

const shot = (number: string, line_start: number | null, line_end: number | null, sequence_number = 1) =>
  ({ id: number, number, line_start, line_end, sequence_number }) as ShotRead;

it("a shot is marked on every line it covers", () => {
  const lines = layOut([shot("1A", 3, 5)]);
  expect([...lines.keys()]).toEqual([3, 4, 5]);
  expect(lines.get(3)?.lanes[0]).toMatchObject({ isFirst: true, isLast: false });
  expect(lines.get(5)?.lanes[0]).toMatchObject({ isFirst: false, isLast: true });
});

it("shots that overlap stand in different lanes, and a lane is used again when it is free", () => {
  const lines = layOut([shot("1A", 1, 4), shot("1B", 3, 3, 2), shot("1C", 5, 6, 3)]);
  expect(lines.get(3)?.lanes.map((mark) => mark?.shot.number)).toEqual(["1A", "1B"]);
  expect(lines.get(5)?.lanes[0]?.shot.number).toBe("1C");
});

it("a third shot on the same line is counted, not lost", () => {
  const lines = layOut([shot("1A", 2, 2, 1), shot("1B", 2, 2, 2), shot("1C", 2, 2, 3)]);
  expect(lines.get(2)?.more.map((one) => one.number)).toEqual(["1C"]);
});

it("a shot made by hand has no line", () => {
  expect(layOut([shot("1A", null, null)]).size).toBe(0);
});
