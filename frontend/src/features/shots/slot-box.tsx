/** One slot in a row: 32 px, filled or numbered; takes drops, gives its content to a drag, opens the picker. */
import { useDndContext, useDraggable, useDroppable } from "@dnd-kit/core";
import type { AssetRead, ShotRead } from "@/client/types.gen";
import { KINDS } from "@/lib/ingredients";
import { cn } from "@/lib/utils";
import { AssetThumb } from "./asset-thumb";
import { verdictFor } from "./drag-area";
import type { Dragged, DropTarget } from "./drag-data";
import type { SlotIndex } from "./slots";

interface SlotBoxProps {
  shot: ShotRead;
  index: SlotIndex;
  asset: AssetRead | undefined;
  onPick: () => void;
}

export function SlotBox({ shot, index, asset, onPick }: SlotBoxProps) {
  const { active } = useDndContext();
  const target: DropTarget = { type: "slot", shotId: shot.id, index, place: "row" };
  const { setNodeRef: setDrop, isOver } = useDroppable({ id: `row-slot ${shot.id} ${index}`, data: target });
  const dragged: Dragged = { type: "slot", assetId: asset?.id ?? "", shotId: shot.id, index };
  const { setNodeRef: setDrag, listeners } = useDraggable({
    id: `row-slot-content ${shot.id} ${index}`,
    data: dragged,
    disabled: !asset,
  });
  const verdict = verdictFor(active, shot, index);
  const name = asset ? `${asset.name}, ${KINDS[asset.type].label}` : "empty";

  return (
    <button
      ref={(node) => {
        setDrop(node);
        setDrag(node);
      }}
      type="button"
      tabIndex={-1}
      title={asset ? `${asset.name} · ${KINDS[asset.type].label}` : undefined}
      aria-label={`Slot ${index + 1}: ${name}`}
      onClick={(event) => {
        event.stopPropagation();
        onPick();
      }}
      onMouseDown={listeners?.onMouseDown as React.MouseEventHandler | undefined}
      className={cn(
        "tabular flex size-8 shrink-0 items-center justify-center overflow-hidden rounded-sm text-faint text-meta outline-offset-1",
        asset
          ? ["border-b-2", KINDS[asset.type].edgeClass]
          : "border border-input border-dashed hover:border-solid hover:text-foreground",
        verdict === "accepts" && "border border-primary border-solid",
        isOver && verdict === "accepts" && "ring-2 ring-primary",
        isOver && verdict !== null && verdict !== "accepts" && "ring-2 ring-destructive",
      )}
    >
      {asset ? <AssetThumb asset={asset} className="size-full" /> : index + 1}
    </button>
  );
}
