/** The seconds of a shot in its row: `4/8` is used of made; the first is edited in place. */
import type { ShotRead } from "@/client/types.gen";
import { formatSeconds } from "@/lib/estimate";
import { cn } from "@/lib/utils";
import { CellEditor } from "./cell-editor";
import { CELL } from "./row-grid";
import { makeSeconds, parseSeconds, secondsWords } from "./seconds";
import { startEditing, stopEditing } from "./shots-store";

interface DurationCellProps {
  shot: ShotRead;
  isEditing: boolean;
  hasCursor: boolean;
  onSave: (seconds: number | null) => void;
}

export function DurationCell({ shot, isEditing, hasCursor, onSave }: DurationCellProps) {
  const make = makeSeconds(shot);
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: its role comes with the spread
    <div
      {...CELL}
      title={make === null ? undefined : `Use ${shot.duration ?? make} s of the ${make} s that Veo makes`}
      className={cn("tabular rounded-sm text-right", hasCursor && "ring-1 ring-primary ring-inset")}
      onDoubleClick={() => startEditing(shot.id, "duration")}
    >
      {isEditing ? (
        <CellEditor
          value={shot.duration === null ? "" : formatSeconds(shot.duration)}
          label={`Seconds of shot ${shot.number}`}
          onCommit={(text) => {
            const seconds = parseSeconds(text);
            if (seconds !== undefined) onSave(seconds);
          }}
          onDone={stopEditing}
          className="h-7 px-1 text-right"
        />
      ) : (
        secondsWords(shot)
      )}
    </div>
  );
}
