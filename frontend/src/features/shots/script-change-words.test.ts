import { expect, it } from "vitest";
import type { ElementRead } from "@/client/types.gen";
import { scriptChangeWords } from "./script-change-words";

const element = (id: string, line_start: number) => ({ id, line_start }) as ElementRead;
const elements = [element("a", 42), element("b", 45), element("c", 51)];

it.each([
  [[{ element_id: "a", change: "changed" }], "The script changed: line 42."],
  [
    [
      { element_id: "b", change: "changed" },
      { element_id: "a", change: "changed" },
    ],
    "The script changed: lines 42 and 45.",
  ],
  [[{ element_id: "x", change: "removed" }], "The script changed: 1 paragraph is gone."],
  [
    [
      { element_id: "x", change: "removed" },
      { element_id: "y", change: "removed" },
      { element_id: "c", change: "changed" },
    ],
    "The script changed: line 51; 2 paragraphs are gone.",
  ],
  [[{ element_id: "unknown", change: "changed" }], "The script changed."],
] as const)("%j", (changes, words) => {
  expect(scriptChangeWords([...changes], elements)).toBe(words);
});
