/** The state of a shot: glyph and word, the cause on hover. */
import type { ShotRead } from "@/client/types.gen";
import { cn } from "@/lib/utils";
import { STATE_WORDS, staleSentence, stateOf } from "./shot-state";

export function StateBadge({ shot, className }: { shot: ShotRead; className?: string }) {
  const state = stateOf(shot);
  const { glyph, word, tone } = STATE_WORDS[state];
  const why =
    state === "stale"
      ? staleSentence(shot.stale_causes)
      : state === "failed"
        ? shot.last_error?.detail
        : undefined;
  return (
    <span title={why} className={cn("inline-flex items-center gap-1.5 whitespace-nowrap", tone, className)}>
      <span aria-hidden className={state === "working" ? "animate-pulse" : undefined}>
        {glyph}
      </span>
      {word}
    </span>
  );
}
