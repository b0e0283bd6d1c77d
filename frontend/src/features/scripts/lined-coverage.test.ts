import { expect, it } from "vitest";
import { coverageOf, elementLines, piecesOf, wholeRange } from "./lined-coverage";
import { moveEdge } from "./lined-edge";
import { ELEMENTS, element, lined } from "./lined-fixtures";

const pieces = piecesOf(ELEMENTS);

it("a selection that begins in a speech takes all of it", () => {
  expect(wholeRange(ELEMENTS, pieces, 2, 2)).toEqual({ from: 1, to: 3 });
  expect(wholeRange(ELEMENTS, pieces, 4, 3)).toEqual({ from: 1, to: 4 });
});

it("a selection stays in the scene it began in", () => {
  const two = [...ELEMENTS, element("gulls", "action", 20, { scene_id: "s2" })];
  expect(wholeRange(two, piecesOf(two), 4, 6)).toEqual({ from: 4, to: 5 });
  expect(wholeRange(two, piecesOf(two), 6, 0)).toEqual({ from: 6, to: 6 });
});

it("blank lines and headings belong to no paragraph", () => {
  const lines = elementLines(ELEMENTS);
  expect([1, 3, 4, 5, 8].map((line) => lines[line])).toEqual([undefined, 0, 0, undefined, 3]);
});

it("a divided speech is covered when its parts make the whole", () => {
  const part = (start: number, end: number) => [{ element_id: "words", start, end }];
  const first = lined("1A", ["cue", "tired", "words"], { element_parts: part(0, 13) });
  const second = lined("1B", ["words"], { element_parts: part(13, 18) });
  expect(coverageOf(ELEMENTS, [first, second]).coveredCount).toBe(3);
  expect(coverageOf(ELEMENTS, [first]).isCovered[3]).toBe(false);
});

const a = lined("1A", ["rain", "cue", "tired", "words"]);
const b = lined("1B", ["lamp", "horn"]);
const move = (shot: typeof a, edge: "start" | "end", target: number, shots = [a, b]) =>
  moveEdge(ELEMENTS, pieces, coverageOf(ELEMENTS, shots), shot, edge, target);

it("a shot that grows takes whole paragraphs from its neighbour", () => {
  expect(move(a, "end", 4)).toEqual({
    shot: a,
    elementIds: ["rain", "cue", "tired", "words", "lamp"],
    leavesUncovered: false,
  });
  expect(move(b, "start", 3)?.elementIds).toEqual(["cue", "tired", "words", "lamp", "horn"]);
});

it("what a shrinking shot gives up goes to the shot on that side", () => {
  expect(move(a, "end", 0)).toEqual({
    shot: b,
    elementIds: ["cue", "tired", "words", "lamp", "horn"],
    leavesUncovered: false,
  });
});

it("where no shot is on that side, it is left uncovered, and that is said to the server", () => {
  expect(move(b, "end", 4)).toEqual({ shot: b, elementIds: ["lamp"], leavesUncovered: true });
});

it("an end that comes to rest where it was changes nothing, and never passes the other end", () => {
  expect(move(a, "end", 2)).toBeNull();
  expect(move(b, "end", 0, [b])?.elementIds).toEqual(["lamp"]);
});
