/** The five states a shot can be in, each with a glyph and a word. */
import type { ShotRead } from "@/client/types.gen";

export const SHOT_STATES = ["draft", "working", "ready", "stale", "failed"] as const;
export type ShotState = (typeof SHOT_STATES)[number];

export const STATE_WORDS: Record<ShotState, { glyph: string; word: string; tone: string }> = {
  draft: { glyph: "○", word: "Draft", tone: "text-muted-foreground" },
  working: { glyph: "◐", word: "Working", tone: "text-foreground" },
  ready: { glyph: "●", word: "Ready", tone: "text-ok" },
  stale: { glyph: "▲", word: "Stale", tone: "text-warn" },
  failed: { glyph: "✕", word: "Failed", tone: "text-destructive" },
};

export function stateOf(shot: ShotRead): ShotState {
  if (shot.status === "generating_json") return "working";
  if (shot.last_error) return "failed";
  if (shot.stale_causes.length > 0) return "stale";
  return shot.status === "ready" ? "ready" : "draft";
}

const CAUSES: Record<ShotRead["stale_causes"][number], string> = {
  shot: "the words or the camera changed",
  slots: "the slots changed",
  scene: "the scene heading changed",
  project: "the project's format changed",
  script: "the script changed",
};

/** `The slots changed and the words or the camera changed since this was made.` */
export function staleSentence(causes: ShotRead["stale_causes"]): string {
  const words = causes.map((cause) => CAUSES[cause]);
  const last = words.pop() ?? "";
  const text = words.length > 0 ? `${words.join(", ")} and ${last}` : last;
  return `${text.charAt(0).toUpperCase()}${text.slice(1)} since this was made.`;
}

/** Who made the document. */
export function sourceWords(source: string | null): string | null {
  if (source === null) return null;
  if (source === "human") return "edited by hand";
  if (source === "rules") return "built-in rules";
  return source.replace(/^ollama:/, "");
}
