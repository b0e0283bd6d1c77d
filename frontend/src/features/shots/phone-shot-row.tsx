/** One shot on a phone: 84 px, number and two lines, slots and state; a tap opens it, or picks it. */
import type { ShotRead } from "@/client/types.gen";
import { cn } from "@/lib/utils";
import { FrameThumb } from "./frame-thumb";
import type { AssetMap } from "./project-assets";
import { secondsWords } from "./seconds";
import { StillSlotStrip } from "./slot-strip";
import { StateBadge } from "./state-badge";
import { togglePicked, useSelectionStore } from "./use-selection";

interface PhoneShotRowProps {
  shot: ShotRead;
  byId: AssetMap;
  isSelected: boolean;
  isPicked: boolean;
  onSelect: (shotId: string) => void;
}

export function PhoneShotRow({ shot, byId, isSelected, isPicked, onSelect }: PhoneShotRowProps) {
  const isPicking = useSelectionStore((state) => state.isPicking);
  return (
    <button
      type="button"
      aria-pressed={isPicking ? isPicked : undefined}
      onClick={() => (isPicking ? togglePicked(shot.id) : onSelect(shot.id))}
      className={cn(
        "flex h-21 w-full flex-none items-center gap-3 overflow-hidden border-b px-3 text-left -outline-offset-2",
        (isPicking ? isPicked : isSelected) && "bg-selected",
      )}
    >
      <span className="grid shrink-0 gap-1">
        <FrameThumb shot={shot} byId={byId} className="h-9 w-16" />
        <span className="tabular flex justify-between text-meta">
          <span className="font-semibold">
            {isPicked && <span className="text-primary">✓</span>}
            {shot.number}
          </span>
          <span className="text-muted-foreground">{secondsWords(shot)} s</span>
        </span>
      </span>
      <span className="flex min-w-0 flex-1 flex-col gap-1">
        <span className="wrap-anywhere line-clamp-2 min-h-11">{shot.description}</span>
        <span className="flex items-center justify-between">
          <StillSlotStrip shot={shot} byId={byId} />
          <StateBadge shot={shot} className="text-meta" />
        </span>
      </span>
    </button>
  );
}
