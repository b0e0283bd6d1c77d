import { expect, it } from "vitest";
import { shot } from "@/testing/shot";
import { SCENES, SHOTS, scene } from "./fixtures";
import { shotNumber, withMove, withUpdate } from "./project-shots";
import { NO_FILTER, shotsByScene, tableRows } from "./shot-rows";
import { staleSentence, stateOf } from "./shot-state";

const page = { items: SHOTS, total: 3, limit: 500, offset: 0 };
const [first, second] = [SCENES[0] ?? scene("s1"), SCENES[1] ?? scene("s2")];

it("a shot that moves to another scene is numbered there, and its old scene closes the gap", () => {
  const moved = withMove(page, shot("a"), first, second, 1);
  const numbers = Object.fromEntries(moved.items.map((one) => [one.id, one.number]));
  expect(numbers).toEqual({ a: "2A", b: "1A", c: "2B" });
});

it("letters leave out I and O and go on with two after Z", () => {
  expect([8, 9, 14, 15, 24, 25].map((place) => shotNumber("3", place))).toEqual([
    "3H",
    "3J",
    "3P",
    "3Q",
    "3Z",
    "3AA",
  ]);
});

it("changing what a document was made from makes it stale, and says why", () => {
  const ready = shot("a", { veo_json_payload: {}, status: "ready" });
  const changed = withUpdate(withUpdate(ready, { description: "New" }), {
    assigned_ingredients: ["mara", null, null],
  });
  expect(stateOf(changed)).toBe("stale");
  expect(staleSentence(changed.stale_causes)).toBe(
    "The words or the camera changed and the slots changed since this was made.",
  );
});

it("a document of one's own makes the shot ready", () => {
  const next = withUpdate(shot("a"), { veo_json_payload: { shot: {} } });
  expect([next.status, next.payload_source]).toEqual(["ready", "human"]);
});

it("the filter keeps the scenes that hold a match; the name of an ingredient is one", () => {
  const rows = tableRows(
    SCENES,
    shotsByScene(SCENES, SHOTS),
    { ...NO_FILTER, text: "mara the lighthouse" },
    new Set(),
    (id) => (id === "mara" ? "Mara the lighthouse keeper" : ""),
  );
  expect(rows.map((row) => (row.kind === "shot" ? row.shot.number : row.scene.number))).toEqual(["1", "1A"]);
});
