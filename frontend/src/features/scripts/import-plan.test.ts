import { expect, it } from "vitest";
import type { PreviewScene, ScriptPreview } from "@/client/types.gen";
import { plannedRows, toPlan } from "./import-plan";

const scenes = ["INT. HALL - DAY", "EXT. QUAY - NIGHT", "INT. CABIN - NIGHT"].map(
  (heading, index) => ({ index, heading, eighths: 1, shot_count: 1 }) as PreviewScene,
);
const preview = { sha256: "0".repeat(64), scenes } as ScriptPreview;
const plan = (decisions: Parameters<typeof plannedRows>[1]) =>
  toPlan(preview, plannedRows(scenes, decisions), null).scenes;

it("a plan holds only what differs from importing everything", () => {
  expect(plan({})).toEqual([]);
  expect(plan({ 1: { heading: "EXT. QUAY - NIGHT" } })).toEqual([]);
  expect(plan({ 0: { isDropped: true }, 2: { heading: "INT. CABIN - DAWN" } })).toEqual([
    { index: 0, heading: null, is_dropped: true, is_merged: false },
    { index: 2, heading: "INT. CABIN - DAWN", is_dropped: false, is_merged: false },
  ]);
});

it("the first scene that is imported has none to be merged into", () => {
  const rows = plannedRows(scenes, { 0: { isDropped: true }, 1: { isMerged: true }, 2: { isMerged: true } });
  expect(rows.map((row) => [row.canMerge, row.isMerged])).toEqual([
    [false, false],
    [false, false],
    [true, true],
  ]);
});

it("a merged scene that is left out is only left out", () => {
  expect(plan({ 1: { isDropped: true, isMerged: true } })).toEqual([
    { index: 1, heading: null, is_dropped: true, is_merged: false },
  ]);
});
