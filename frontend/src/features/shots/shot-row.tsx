/** One shot in the table: 48 px, everything about it in one line. */
import { useDraggable, useDroppable } from "@dnd-kit/core";
import { GripVertical } from "lucide-react";
import { memo } from "react";
import type { ShotRead } from "@/client/types.gen";
import { cn } from "@/lib/utils";
import { cameraWords } from "./camera-words";
import { DescriptionCell } from "./description-cell";
import type { Dragged, DropTarget } from "./drag-data";
import { DurationCell } from "./duration-cell";
import { FrameThumb } from "./frame-thumb";
import type { AssetMap } from "./project-assets";
import { CAMERA_CELL, CELL, ROW, ROW_GRID } from "./row-grid";
import { type Cell, useShotsStore } from "./shots-store";
import { SlotStrip } from "./slot-strip";
import { StateBadge } from "./state-badge";
import { pickTo, togglePicked, unpickAll, useSelectionStore } from "./use-selection";
import type { ShotActions } from "./use-shot-actions";

interface ShotRowProps {
  shot: ShotRead;
  byId: AssetMap;
  isSelected: boolean;
  isPicked: boolean;
  /** The cell under the cursor or in edit; null in every row but the selected one. */
  cell: Cell | null;
  editing: Cell | null;
  /** Where a shot that is dragged over this row would land. */
  edge: "before" | "after" | null;
  hasDraft: boolean;
  onSelect: (shotId: string) => void;
  actions: ShotActions;
}

export const ShotRow = memo(function ShotRow({
  shot,
  byId,
  isSelected,
  isPicked,
  cell,
  editing,
  edge,
  hasDraft,
  onSelect,
  actions,
}: ShotRowProps) {
  const dragged: Dragged = { type: "shot", shotId: shot.id };
  const target: DropTarget = { type: "row", shotId: shot.id };
  const { setNodeRef: setDrop } = useDroppable({ id: `row ${shot.id}`, data: target });
  const {
    setNodeRef: setHandle,
    listeners,
    isDragging,
  } = useDraggable({ id: `shot ${shot.id}`, data: dragged });

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: its role comes with the spread
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: its role comes with the spread
    // biome-ignore lint/a11y/useKeyWithClickEvents: the arrow keys select; they are bound for the whole screen
    <div
      ref={setDrop}
      {...ROW}
      tabIndex={-1}
      aria-selected={isSelected || isPicked}
      aria-label={`Shot ${shot.number}`}
      onClick={(event) => {
        if (event.shiftKey) {
          const { order } = useSelectionStore.getState();
          pickTo(order, useShotsStore.getState().view.shotId, shot.id);
        } else if (event.ctrlKey || event.metaKey) togglePicked(shot.id);
        else unpickAll();
        onSelect(shot.id);
      }}
      className={cn(
        ROW_GRID,
        "relative h-12 flex-none cursor-default items-center border-b outline-none",
        isPicked && "bg-selected",
        isSelected ? "bg-selected shadow-[inset_2px_0_0_var(--primary)]" : "hover:bg-hover",
        isDragging && "opacity-40",
      )}
    >
      {edge && (
        <span
          aria-hidden
          className={cn(
            "absolute inset-x-0 z-10 h-0.5 bg-primary",
            edge === "before" ? "-top-px" : "-bottom-px",
          )}
        />
      )}
      <button
        ref={setHandle}
        type="button"
        aria-label={`Move shot ${shot.number}`}
        className="-ml-1.5 flex h-7 w-7 cursor-grab touch-none items-center justify-center rounded-sm text-faint"
        tabIndex={isSelected ? 0 : -1}
        {...listeners}
      >
        <GripVertical className="size-4" aria-hidden />
      </button>
      <div {...CELL} className="tabular whitespace-nowrap font-semibold">
        {isPicked && (
          <span title="Picked" className="text-primary">
            ✓
          </span>
        )}
        {shot.number}
        {hasDraft && (
          <span title="The JSON is edited and not saved" className="text-warn">
            {" "}
            •
          </span>
        )}
      </div>
      <div {...CELL}>
        <FrameThumb shot={shot} byId={byId} className="h-9 w-16" />
      </div>
      <DescriptionCell
        shot={shot}
        isEditing={editing === "description"}
        hasCursor={cell === "description"}
        onSave={(description) => actions.update(shot.id, { description })}
      />
      <div {...CELL} className={cn(CAMERA_CELL, "text-muted-foreground")}>
        <span className="line-clamp-2">{cameraWords(shot)}</span>
      </div>
      <DurationCell
        shot={shot}
        isEditing={editing === "duration"}
        hasCursor={cell === "duration"}
        onSave={(duration) => actions.update(shot.id, { duration })}
      />
      <div {...CELL}>
        <SlotStrip shot={shot} byId={byId} onSelect={onSelect} />
      </div>
      <div {...CELL}>
        <StateBadge shot={shot} />
      </div>
    </div>
  );
});
