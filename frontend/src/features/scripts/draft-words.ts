/** How the comparison of a draft is said: kinds with glyph and word, decisions, and which paragraphs are worth showing. */
import type { DraftCounts, ElementChange, SceneChange } from "@/client/types.gen";
import { plural } from "@/lib/format";

export type SceneKind = SceneChange["kind"];

export const KINDS = ["changed", "moved", "added", "omitted", "unchanged"] as const satisfies SceneKind[];

export const KIND_WORDS: Record<SceneKind, { glyph: string; word: string; tone: string }> = {
  changed: { glyph: "≠", word: "Changed", tone: "text-warn" },
  moved: { glyph: "↕", word: "Moved", tone: "text-primary" },
  added: { glyph: "+", word: "Added", tone: "text-ok" },
  omitted: { glyph: "−", word: "Omitted", tone: "text-destructive" },
  unchanged: { glyph: "=", word: "Unchanged", tone: "text-muted-foreground" },
};

/** What taking the draft's scene means, and what leaving things as they are does. */
export const DECISIONS: Record<SceneKind, { take: string; keep: string }> = {
  changed: { take: "Take the change", keep: "Ignore it" },
  moved: { take: "Move it", keep: "Keep its place" },
  added: { take: "Bring it in", keep: "Leave it out" },
  omitted: { take: "To the bin", keep: "Keep it" },
  unchanged: { take: "Take it", keep: "Keep it" },
};

export const CAUSES: Record<SceneChange["stale_shots"][number]["causes"][number], string> = {
  script: "The paragraphs it covers change",
  scene: "The scene's heading or number changes",
};

/** Whether a scene is shown under a filter; a changed scene that also moved is under both. */
export const isOfKind = (scene: SceneChange, kind: SceneKind) =>
  scene.kind === kind || (kind === "moved" && scene.is_moved);

/** Whether it stays out unless somebody brings it in. */
export const wasLeftOut = (scene: SceneChange) =>
  scene.kind === "added" && !scene.old && scene.decided.includes("left_out");

const DECIDED: Record<SceneChange["decided"][number], string> = {
  left_out: "You left it out before",
  renamed: "Its heading is yours, as before",
  merged: "The scene you merged into it is in it, as before",
};

/** What was decided before and holds in this draft too. */
export const decidedWords = (scene: SceneChange) => scene.decided.map((one) => DECIDED[one]).join(". ");

export function countsSentence({ changed, moved, added, omitted }: DraftCounts): string {
  const parts = [
    changed && `${changed} changed`,
    moved && `${moved} moved`,
    added && `${added} added`,
    omitted && `${omitted} omitted`,
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(", ") : "nothing changed";
}

export function staleWords(scene: SceneChange): string | null {
  if (scene.kind === "omitted")
    return scene.shot_count > 0
      ? `${plural(scene.shot_count, "shot goes", "shots go")} to the bin with it`
      : null;
  if (scene.kind === "added" && scene.old)
    return `Omitted before; it comes back from the bin with ${plural(scene.shot_count, "shot")}`;
  if (scene.kind === "added") return "Its shots are made when the draft is applied";
  const count = scene.stale_shots.length;
  return count > 0 ? `${plural(count, "shot")} will be stale` : null;
}

export interface Stretch {
  /** Where it begins among the scene's paragraphs. */
  first: number;
  isFolded: boolean;
  elements: ElementChange[];
}

/** Paragraphs that stay are shown only beside one that does not. */
const BESIDE = 1;
const WORTH_FOLDING = 3;

export function fold(elements: ElementChange[]): Stretch[] {
  const near = (index: number) =>
    elements.slice(Math.max(0, index - BESIDE), index + BESIDE + 1).some((one) => one.kind !== "same");
  const out: Stretch[] = [];
  for (const [index, element] of elements.entries()) {
    const isFolded = !near(index);
    const last = out.at(-1);
    if (last?.isFolded === isFolded) last.elements.push(element);
    else out.push({ first: index, isFolded, elements: [element] });
  }
  return out.map((one) => ({ ...one, isFolded: one.isFolded && one.elements.length >= WORTH_FOLDING }));
}
