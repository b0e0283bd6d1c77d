/** One slot in the inspector: 112×76 picture with the edge of its kind, or the place for one. */
import { useDndContext, useDraggable, useDroppable } from "@dnd-kit/core";
import { X } from "lucide-react";
import type { ComponentPropsWithoutRef } from "react";
import type { AssetRead, ShotRead } from "@/client/types.gen";
import { PopoverAnchor } from "@/components/ui/popover";
import { KINDS } from "@/lib/ingredients";
import { cn } from "@/lib/utils";
import { AssetThumb } from "./asset-thumb";
import { verdictFor } from "./drag-area";
import type { Dragged, DropTarget } from "./drag-data";
import type { SlotIndex } from "./slots";

interface SlotCardProps {
  shot: ShotRead;
  index: SlotIndex;
  asset: AssetRead | undefined;
  onPick: () => void;
  onEmpty: () => void;
}

export function SlotCard({ shot, index, asset, onPick, onEmpty }: SlotCardProps) {
  const { active } = useDndContext();
  const target: DropTarget = { type: "slot", shotId: shot.id, index, place: "inspector" };
  const drop = useDroppable({ id: `slot ${shot.id} ${index}`, data: target });
  const dragged: Dragged = { type: "slot", assetId: asset?.id ?? "", shotId: shot.id, index };
  const drag = useDraggable({ id: `slot-content ${shot.id} ${index}`, data: dragged, disabled: !asset });
  const verdict = verdictFor(active, shot, index);
  const refusal = verdict !== null && verdict !== "accepts" ? verdict.refused : null;
  const slot = index + 1;
  const kind = asset ? KINDS[asset.type] : null;

  return (
    <PopoverAnchor asChild>
      <div ref={drop.setNodeRef} className="group relative min-w-0">
        <button
          ref={drag.setNodeRef}
          type="button"
          aria-label={
            asset ? `Slot ${slot}: ${asset.name}, ${kind?.label}. Change` : `Slot ${slot}: empty. Fill`
          }
          onClick={onPick}
          {...(asset ? (drag.listeners as ComponentPropsWithoutRef<"button">) : {})}
          className={cn(
            "block w-full overflow-hidden rounded-md border-2 text-left",
            kind ? kind.edgeClass : "border-input border-dashed text-faint hover:text-foreground",
            drag.isDragging && "opacity-40",
            verdict === "accepts" && "border-primary border-solid",
            drop.isOver && verdict === "accepts" && "ring-2 ring-primary",
            drop.isOver && refusal && "border-destructive border-solid",
          )}
        >
          {asset && kind ? (
            <>
              <AssetThumb asset={asset} className="h-19 w-full" />
              <span className="block truncate px-1.5 pt-0.5 font-medium" title={asset.name}>
                {asset.name}
              </span>
              <span className="flex items-center gap-1 px-1.5 pb-1 text-meta text-muted-foreground">
                <kind.icon className="size-3" aria-hidden /> {kind.label}
                <span className="tabular ml-auto text-faint">{slot}</span>
              </span>
            </>
          ) : (
            <span className="flex h-[118px] flex-col items-center justify-center gap-0.5 text-meta max-md:h-[122px]">
              <span className="tabular font-semibold text-title">{slot}</span>
              <span className="max-md:hidden">Drop or press {slot}</span>
              <span className="md:hidden">Tap to choose</span>
            </span>
          )}
        </button>
        {asset && (
          <button
            type="button"
            aria-label={`Empty slot ${slot}`}
            onClick={onEmpty}
            className="absolute top-1 right-1 flex size-6 items-center justify-center rounded-sm bg-raised text-foreground opacity-0 focus-visible:opacity-100 group-hover:opacity-100 max-md:size-11 max-md:bg-transparent max-md:opacity-100"
          >
            <X className="size-4 max-md:rounded-sm max-md:bg-raised" aria-hidden />
          </button>
        )}
        {refusal && drop.isOver && (
          <span
            role="status"
            className="-translate-x-1/2 absolute bottom-1 left-1/2 z-10 w-max rounded-sm bg-raised px-1.5 text-destructive text-meta shadow-raised"
          >
            ✕ {refusal}
          </span>
        )}
      </div>
    </PopoverAnchor>
  );
}
