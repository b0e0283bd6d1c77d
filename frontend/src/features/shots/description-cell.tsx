/** The action of a shot in its row: two lines, edited in place. */
import type { ShotRead } from "@/client/types.gen";
import { cn } from "@/lib/utils";
import { CellEditor } from "./cell-editor";
import { CELL } from "./row-grid";
import { startEditing, stopEditing } from "./shots-store";

interface DescriptionCellProps {
  shot: ShotRead;
  isEditing: boolean;
  hasCursor: boolean;
  onSave: (description: string) => void;
}

export function DescriptionCell({ shot, isEditing, hasCursor, onSave }: DescriptionCellProps) {
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: its role comes with the spread
    <div
      {...CELL}
      className={cn(
        "relative flex h-10 min-w-0 items-center rounded-sm px-1",
        hasCursor && "ring-1 ring-primary ring-inset",
      )}
      onDoubleClick={() => startEditing(shot.id, "description")}
    >
      {isEditing ? (
        <CellEditor
          value={shot.description}
          label={`Action of shot ${shot.number}`}
          isMultiline
          maxLength={10_000}
          onCommit={(text) => text.trim() && onSave(text.trim())}
          onDone={stopEditing}
          className="absolute inset-x-0 top-0 z-20 px-1 shadow-raised"
        />
      ) : (
        <span className="wrap-anywhere line-clamp-2">{shot.description}</span>
      )}
    </div>
  );
}
