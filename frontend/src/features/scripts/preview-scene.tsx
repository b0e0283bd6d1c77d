/** One scene of a preview: whether it is imported, its heading to change, its length, and merging it upwards. */
import { ListStart, Undo2 } from "lucide-react";
import { InlineName } from "@/components/inline-name";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { formatPages, plural } from "@/lib/format";
import { cn } from "@/lib/utils";
import type { PlannedRow, PlanState } from "./import-plan";

interface PreviewSceneProps {
  row: PlannedRow;
  plan: PlanState;
  onLine: (line: number) => void;
}

export function PreviewScene({ row, plan, onLine }: PreviewSceneProps) {
  const { scene, heading, isDropped, isMerged, canMerge } = row;
  const facts = isDropped
    ? "left out"
    : isMerged
      ? "goes to the end of the scene before"
      : [
          formatPages(scene.eighths),
          plural(scene.shot_count, "shot"),
          scene.is_omitted && "omitted in the script",
          scene.is_synthetic && "no heading was found here",
        ]
          .filter(Boolean)
          .join(" · ");

  return (
    <div
      className={cn(
        "flex h-full items-center gap-3 border-b px-3",
        isMerged && "pl-9",
        (isDropped || isMerged) && "text-muted-foreground",
      )}
    >
      <Checkbox
        aria-label={`Import ${scene.heading}`}
        checked={!isDropped}
        onCheckedChange={(checked) => plan.keep([scene.index], checked === true)}
        // A finger needs more than the box.
        className="relative after:absolute after:-inset-3.5"
      />
      <div className="min-w-0 flex-1">
        {isMerged || isDropped ? (
          <p className={cn("h-7 truncate leading-7", isDropped && "line-through")} title={heading}>
            {scene.number && <span className="tabular mr-2">{scene.number}</span>}
            {heading}
          </p>
        ) : (
          <div className="flex items-center gap-1">
            {scene.number && <span className="tabular shrink-0 text-muted-foreground">{scene.number}</span>}
            <InlineName
              value={heading}
              label={`Heading of scene ${scene.number ?? scene.index + 1}`}
              onSave={(name) => plan.rename(scene.index, name)}
              className="h-7 min-w-0 border-transparent bg-transparent px-1 hover:border-input focus:border-input"
            />
          </div>
        )}
        <p className="tabular truncate px-1 text-faint text-meta">
          <button
            type="button"
            onClick={() => onLine(scene.line_start)}
            className="text-primary hover:underline"
            aria-label={`Show ${scene.heading} in the script`}
          >
            line {scene.line_start}
          </button>{" "}
          · {facts}
        </p>
      </div>
      {canMerge && (
        <Button
          variant="ghost"
          size="icon"
          aria-label={
            isMerged
              ? `Import ${scene.heading} as a scene of its own`
              : `Merge ${scene.heading} into the scene before`
          }
          title={isMerged ? "As a scene of its own" : "Merge into the scene before"}
          onClick={() => plan.merge(scene.index, !isMerged)}
        >
          {isMerged ? <Undo2 /> : <ListStart />}
        </Button>
      )}
    </div>
  );
}
