import { expect, it } from "vitest";
import { layOut } from "./lanes";
import { ELEMENTS, lined } from "./lined-fixtures";

const lay = (...shots: ReturnType<typeof lined>[]) => layOut(shots, ELEMENTS);

it("a shot runs along exactly the lines of its paragraphs, and between those that follow each other", () => {
  const lines = lay(lined("1A", ["rain", "cue", "tired", "words"]));
  expect([...lines.keys()]).toEqual([3, 4, 5, 6, 7, 8]);
  expect(lines.get(3)?.lanes[0]).toMatchObject({ isFirst: true, isTop: true, isLast: false });
  expect(lines.get(8)?.lanes[0]).toMatchObject({ isFirst: false, isLast: true, isBottom: true });
});

it("a shot that skips a paragraph has a gap, and its number only at the top", () => {
  const lines = lay(lined("1A", ["rain", "lamp"]));
  expect([...lines.keys()]).toEqual([3, 4, 10]);
  expect(lines.get(4)?.lanes[0]).toMatchObject({ isLast: true, isBottom: false });
  expect(lines.get(10)?.lanes[0]).toMatchObject({ isFirst: true, isTop: false, isBottom: true });
});

it("shots that overlap stand in different lanes, and a lane is used again when it is free", () => {
  const lines = lay(
    lined("1A", ["rain", "cue", "tired", "words"]),
    lined("1B", ["rain"], { sequence_number: 2 }),
    lined("1C", ["lamp"], { sequence_number: 3 }),
  );
  expect(lines.get(3)?.lanes.map((mark) => mark?.shot.number)).toEqual(["1A", "1B"]);
  expect(lines.get(10)?.lanes[0]?.shot.number).toBe("1C");
});

it("a third shot over the same paragraph is counted, not lost", () => {
  const lines = lay(
    lined("1A", ["rain"], { sequence_number: 1 }),
    lined("1B", ["rain"], { sequence_number: 2 }),
    lined("1C", ["rain"], { sequence_number: 3 }),
  );
  expect(lines.get(3)?.more.map((one) => one.number)).toEqual(["1C"]);
});

it("a shot made by hand has no line, nor has one whose paragraph is gone", () => {
  expect(lay(lined("1A", [])).size).toBe(0);
  expect(lay(lined("1A", ["gone"])).size).toBe(0);
});
