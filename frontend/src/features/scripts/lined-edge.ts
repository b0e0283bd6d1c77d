/** What moving the end of a shot's rail asks of the server. */
import type { ElementRead, ShotRead } from "@/client/types.gen";
import { type Coverage, idsOf, type Range, wholeRange } from "./lined-coverage";

export interface Cover {
  shot: ShotRead;
  elementIds: string[];
  leavesUncovered: boolean;
}

export type Edge = "start" | "end";

/**
 * The request after the edge of a shot was dragged to an element; null when nothing changes.
 *
 * Growing takes paragraphs from the neighbours. What a shrinking shot gives up goes to the shot on that side, if it
 * begins (or ends) there; else it is left uncovered.
 */
export function moveEdge(
  elements: ElementRead[],
  pieces: Range[],
  coverage: Coverage,
  shot: ShotRead,
  edge: Edge,
  target: number,
): Cover | null {
  const own = elements.flatMap(({ id }, index) => (shot.element_ids.includes(id) ? [index] : []));
  const first = own[0];
  const last = own.at(-1);
  if (first === undefined || last === undefined) return null;
  const fixed = edge === "end" ? first : last;
  // The other end stays: it cannot be passed.
  const reach = edge === "end" ? Math.max(target, first) : Math.min(target, last);
  const { from, to } = wholeRange(elements, pieces, fixed, reach);
  const grown = edge === "end" ? { from: last + 1, to } : { from, to: first - 1 };
  const kept = own.filter((index) => index >= from && index <= to);
  const added = grown.from <= grown.to ? idsOf(elements, grown) : [];
  if (added.length === 0 && kept.length === own.length) return null;
  if (added.length > 0) {
    const ids = kept.map((index) => elements[index]?.id ?? "");
    return {
      shot,
      elementIds: edge === "end" ? [...ids, ...added] : [...added, ...ids],
      leavesUncovered: false,
    };
  }
  const freed = own.filter((index) => !kept.includes(index)).map((index) => elements[index]?.id ?? "");
  const beside = coverage.shots[edge === "end" ? last + 1 : first - 1]?.find(
    (one) => one.id !== shot.id && one.scene_id === shot.scene_id && one.element_parts.length === 0,
  );
  if (beside) {
    return {
      shot: beside,
      elementIds: [...new Set([...freed, ...beside.element_ids])],
      leavesUncovered: false,
    };
  }
  return { shot, elementIds: kept.map((index) => elements[index]?.id ?? ""), leavesUncovered: true };
}
