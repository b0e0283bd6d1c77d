/** What is decided about the scenes of a previewed screenplay, and what comes of it. */
import { useReducer } from "react";
import type { ImportPlan, PreviewScene, ScriptPreview } from "@/client/types.gen";

export interface Decision {
  heading?: string;
  isDropped?: boolean;
  isMerged?: boolean;
}

export interface PlannedRow {
  scene: PreviewScene;
  heading: string;
  isDropped: boolean;
  isMerged: boolean;
  /** Whether a scene that is imported stands before it. */
  canMerge: boolean;
}

type Decisions = Readonly<Record<number, Decision>>;
type Action = { indexes: number[]; change: Decision };

function reduce(decisions: Decisions, { indexes, change }: Action): Decisions {
  const next = { ...decisions };
  for (const index of indexes) next[index] = { ...next[index], ...change };
  return next;
}

/** The scenes with their decisions, in script order. */
export function plannedRows(scenes: PreviewScene[], decisions: Decisions): PlannedRow[] {
  let hasOneBefore = false;
  return scenes.map((scene) => {
    const { heading, isDropped = false, isMerged = false } = decisions[scene.index] ?? {};
    const row = {
      scene,
      heading: heading ?? scene.heading,
      isDropped,
      isMerged: isMerged && hasOneBefore && !isDropped,
      canMerge: hasOneBefore && !isDropped,
    };
    hasOneBefore ||= !isDropped;
    return row;
  });
}

/** The plan to send: only what differs from importing everything as it is. */
export function toPlan(preview: ScriptPreview, rows: PlannedRow[], targetShots: number | null): ImportPlan {
  return {
    sha256: preview.sha256,
    target_shots: targetShots,
    scenes: rows
      .filter((row) => row.isDropped || row.isMerged || row.heading !== row.scene.heading)
      .map((row) => ({
        index: row.scene.index,
        heading: row.heading === row.scene.heading ? null : row.heading,
        is_dropped: row.isDropped,
        is_merged: row.isMerged,
      })),
  };
}

export function useImportPlan(preview: ScriptPreview) {
  const [decisions, decide] = useReducer(reduce, {});
  const rows = plannedRows(preview.scenes, decisions);
  return {
    rows,
    sceneCount: rows.filter((row) => !row.isDropped && !row.isMerged).length,
    shotCount: rows.reduce((sum, row) => sum + (row.isDropped ? 0 : row.scene.shot_count), 0),
    eighths: rows.reduce((sum, row) => sum + (row.isDropped ? 0 : row.scene.eighths), 0),
    rename: (index: number, heading: string) => decide({ indexes: [index], change: { heading } }),
    keep: (indexes: number[], isKept: boolean) => decide({ indexes, change: { isDropped: !isKept } }),
    merge: (index: number, isMerged: boolean) => decide({ indexes: [index], change: { isMerged } }),
  };
}

export type PlanState = ReturnType<typeof useImportPlan>;
