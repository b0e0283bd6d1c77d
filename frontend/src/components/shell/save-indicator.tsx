/** Says in a fixed place whether everything is saved. */
import { formatClock } from "@/lib/format";
import { type SaveState, useSaveState } from "@/lib/save-state";
import { cn } from "@/lib/utils";

export function SaveIndicator({ className }: { className?: string }) {
  const state = useSaveState();
  const { glyph, text, tone } = wording(state);
  return (
    <span
      role="status"
      className={cn("tabular inline-flex items-center gap-1.5 whitespace-nowrap text-meta", className)}
    >
      <span aria-hidden className={tone}>
        {glyph}
      </span>
      {text}
    </span>
  );
}

function wording(state: SaveState): { glyph: string; text: string; tone: string } {
  switch (state.kind) {
    case "idle":
      return { glyph: "●", text: "All saved", tone: "text-ok" };
    case "saving":
      return { glyph: "○", text: "Saving…", tone: "text-muted-foreground" };
    case "saved":
      return { glyph: "●", text: `Saved ${formatClock(state.at)}`, tone: "text-ok" };
    case "failed":
      return { glyph: "✕", text: "Not saved", tone: "text-destructive" };
    case "offline":
      return { glyph: "▲", text: `Offline · ${state.waiting} waiting`, tone: "text-warn" };
  }
}
