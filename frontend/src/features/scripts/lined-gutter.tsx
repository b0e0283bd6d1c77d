/** The rails of shots beside one line; on a phone ticks at its edge. */
import type { PointerEvent } from "react";
import type { ShotRead } from "@/client/types.gen";
import { formatSeconds } from "@/lib/estimate";
import { cn } from "@/lib/utils";
import type { LineMarks, Mark } from "./lanes";
import type { Edge } from "./lined-edge";

interface LinedGutterProps {
  marks: LineMarks;
  selectedId: string | null;
  hoveredId: string | null;
  onSelect: (shotId: string) => void;
  onHover: (shotId: string | null) => void;
  onGrab: (shot: ShotRead, edge: Edge, event: PointerEvent) => void;
}

export const wordsOf = (shot: ShotRead) =>
  `Shot ${shot.number}: ${shot.description}${shot.duration ? ` (${formatSeconds(shot.duration)} s)` : ""}`;

export function LinedGutter({ marks, onSelect, ...props }: LinedGutterProps) {
  const [first] = marks.more;
  return (
    <>
      {marks.lanes.map((mark, lane) =>
        mark ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: a lane is its place
          <Rail key={lane} mark={mark} onSelect={onSelect} {...props} />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: a lane is its place
          <span key={lane} className="w-[72px] max-md:w-3" />
        ),
      )}
      {first && (
        <button
          type="button"
          onClick={() => onSelect(first.id)}
          title={marks.more.map(wordsOf).join("\n")}
          className="text-primary leading-[22px] hover:underline max-md:hidden"
        >
          +{marks.more.length}
        </button>
      )}
    </>
  );
}

type RailProps = Omit<LinedGutterProps, "marks"> & { mark: Mark };

function Rail({ mark, selectedId, hoveredId, onSelect, onHover, onGrab }: RailProps) {
  const { shot, isTop, isBottom } = mark;
  const isSelected = shot.id === selectedId;
  const isStale = shot.script_changes.length > 0;
  return (
    <span className="relative flex w-[72px] max-md:w-3">
      <button
        type="button"
        title={wordsOf(shot)}
        aria-label={isTop ? wordsOf(shot) : undefined}
        aria-hidden={!isTop}
        aria-pressed={isSelected}
        tabIndex={isTop ? 0 : -1}
        onClick={() => onSelect(shot.id)}
        onMouseEnter={() => onHover(shot.id)}
        onMouseLeave={() => onHover(null)}
        className={cn(
          "flex min-w-0 flex-1 items-start overflow-hidden whitespace-nowrap border-l-2 pl-1.5 text-left text-muted-foreground leading-[22px] -outline-offset-2 hover:text-foreground max-md:pointer-events-none max-md:border-l-4",
          isStale ? "border-warn" : "border-input",
          (isSelected || shot.id === hoveredId) && "border-primary text-foreground",
          isSelected && "bg-selected",
          mark.isFirst && "mt-0.5",
          mark.isLast && "mb-0.5",
        )}
      >
        {isTop && (
          <span className="max-md:hidden">
            {isStale && (
              <span className="text-warn" title="The script changed">
                ▲
              </span>
            )}
            <span className="font-semibold text-foreground">{shot.number}</span>{" "}
            {shot.duration !== null && `${formatSeconds(shot.duration)} s`}
          </span>
        )}
      </button>
      {isSelected && isTop && <Grip edge="start" shot={shot} onGrab={onGrab} />}
      {isSelected && isBottom && <Grip edge="end" shot={shot} onGrab={onGrab} />}
    </span>
  );
}

function Grip({ edge, shot, onGrab }: { edge: Edge; shot: ShotRead; onGrab: LinedGutterProps["onGrab"] }) {
  return (
    <span
      aria-hidden
      data-grip={edge}
      title={`Drag to change where ${shot.number} ${edge === "start" ? "begins" : "ends"}`}
      onPointerDown={(event) => onGrab(shot, edge, event)}
      className={cn(
        "absolute inset-x-0 z-10 flex h-2.5 cursor-ns-resize touch-none items-center justify-center max-md:hidden",
        edge === "start" ? "-top-1" : "-bottom-1",
      )}
    >
      <span className="h-1 w-8 rounded-sm bg-primary" />
    </span>
  );
}
