import { beforeEach, expect, it } from "vitest";
import { SHOTS } from "./fixtures";
import { pickedOf, pickTo, togglePicked, unpickAll, useSelectionStore } from "./use-selection";

const picked = () => [...useSelectionStore.getState().picked].sort();

beforeEach(unpickAll);

it("X picks a shot and lets it go again", () => {
  togglePicked("a");
  togglePicked("c");
  expect(picked()).toEqual(["a", "c"]);
  togglePicked("a");
  expect(picked()).toEqual(["c"]);
});

it("a range begins at the selected shot and can shrink again", () => {
  pickTo(SHOTS, "a", "c");
  expect(picked()).toEqual(["a", "b", "c"]);
  pickTo(SHOTS, "a", "b");
  expect(picked()).toEqual(["a", "b"]);
});

it("a range can go up", () => {
  pickTo(SHOTS, "c", "b");
  expect(picked()).toEqual(["b", "c"]);
});

it("shots that are gone are not among the picked", () => {
  togglePicked("a");
  togglePicked("gone");
  expect(pickedOf(useSelectionStore.getState().picked, SHOTS).map(({ id }) => id)).toEqual(["a"]);
});
