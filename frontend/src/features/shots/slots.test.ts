import { expect, it } from "vitest";
import { shot } from "@/testing/shot";
import { shotDrop, slotDrop } from "./drag-data";
import { SHOTS } from "./fixtures";
import { fill, fillNext, swap } from "./slots";

it("an ingredient goes into an empty or a filled slot", () => {
  expect(fill([null, null, null], 1, "mara")).toEqual({ slots: [null, "mara", null] });
  expect(fill([null, "tomas", null], 1, "mara")).toEqual({ slots: [null, "mara", null] });
});

it("a second slot refuses the same ingredient and says where it is", () => {
  expect(fill(["mara", null, null], 2, "mara")).toEqual({ refused: "Already in slot 1" });
});

it("the next empty slot takes it, and four are one too many", () => {
  expect(fillNext(["mara", null, null], "radio")).toEqual({ slots: ["mara", "radio", null] });
  expect(fillNext(["a", "b", "c"], "radio")).toEqual({ refused: expect.stringContaining("3") });
});

it("two slots change places, an empty one too", () => {
  expect(swap(["a", "b", null], 0, 2)).toEqual([null, "b", "a"]);
});

it("a drop inside one shot swaps, a drop into another shot moves", () => {
  const from = shot("x", { assigned_ingredients: ["mara", null, null] });
  const to = shot("y", { assigned_ingredients: ["radio", null, null] });
  const dragged = { type: "slot", assetId: "mara", shotId: "x", index: 0 } as const;
  expect(slotDrop(dragged, from, 2, from)).toEqual({
    kind: "change",
    changes: [{ shotId: "x", slots: [null, null, "mara"] }],
  });
  expect(slotDrop(dragged, to, 1, from)).toEqual({
    kind: "change",
    changes: [
      { shotId: "y", slots: ["radio", "mara", null] },
      { shotId: "x", slots: [null, null, null] },
    ],
  });
});

it("a drop on a shot that has it is refused with the reason", () => {
  const to = shot("y", { assigned_ingredients: [null, "mara", null] });
  expect(slotDrop({ type: "ingredient", assetId: "mara" }, to, 0, undefined)).toEqual({
    kind: "refused",
    reason: "Already in slot 2",
  });
});

it("a shot lands after the one it is dropped on going down, before it going up", () => {
  expect(shotDrop(SHOTS, "a", "b")).toEqual({ sceneId: "s1", position: 2, edge: "after" });
  expect(shotDrop(SHOTS, "b", "a")).toEqual({ sceneId: "s1", position: 1, edge: "before" });
  expect(shotDrop(SHOTS, "a", "c")).toEqual({ sceneId: "s2", position: 2, edge: "after" });
  expect(shotDrop(SHOTS, "a", "a")).toBeNull();
});
