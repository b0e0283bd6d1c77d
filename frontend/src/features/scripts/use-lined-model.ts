/** Everything the lined page looks up: elements by line, pieces, coverage, rails. */
import { useMemo } from "react";
import type { ElementRead, SceneRead, ScriptDetail, ShotRead } from "@/client/types.gen";
import { layOut } from "./lanes";
import { coverageOf, elementLines, piecesOf } from "./lined-coverage";
import { messagesByLine } from "./warnings";

export function useLinedModel(
  script: ScriptDetail,
  scenes: SceneRead[],
  shots: ShotRead[],
  elements: ElementRead[],
) {
  const lines = useMemo(() => script.text.split("\n"), [script.text]);
  const pieces = useMemo(() => piecesOf(elements), [elements]);
  const byLine = useMemo(() => elementLines(elements), [elements]);
  const coverage = useMemo(() => coverageOf(elements, shots), [elements, shots]);
  const marks = useMemo(() => layOut(shots, elements), [shots, elements]);
  const headings = useMemo(() => new Map(scenes.map((scene) => [scene.line_start, scene])), [scenes]);
  const warnings = useMemo(() => messagesByLine(script.warnings), [script.warnings]);
  return { lines, pieces, byLine, coverage, marks, headings, warnings };
}

export type LinedModel = ReturnType<typeof useLinedModel>;
