/** An ingredient to drag into a slot; Enter or a click puts it into the next empty one. */
import { useDraggable } from "@dnd-kit/core";
import type { ComponentPropsWithoutRef } from "react";
import type { AssetRead } from "@/client/types.gen";
import { KINDS } from "@/lib/ingredients";
import { cn } from "@/lib/utils";
import { AssetThumb } from "./asset-thumb";
import type { Dragged } from "./drag-data";

interface IngredientChipProps {
  asset: AssetRead;
  /** The slot it is in already, from 1. */
  slot: number | null;
  onUse: () => void;
}

export function IngredientChip({ asset, slot, onUse }: IngredientChipProps) {
  const dragged: Dragged = { type: "ingredient", assetId: asset.id };
  const { setNodeRef, listeners, isDragging } = useDraggable({ id: `ingredient ${asset.id}`, data: dragged });
  const { label, icon: Icon, edgeClass } = KINDS[asset.type];

  return (
    <button
      ref={setNodeRef}
      type="button"
      title={slot ? `${asset.name} · ${label} · in slot ${slot}` : `${asset.name} · ${label}`}
      aria-label={`${asset.name}, ${label}${slot ? `, in slot ${slot}` : ""}`}
      onClick={onUse}
      className={cn(
        "flex h-8 min-w-0 max-w-full items-center gap-1.5 overflow-hidden rounded-md border-l-2 bg-hover pr-2 hover:bg-selected max-md:h-11",
        edgeClass,
        isDragging && "opacity-40",
        slot && "text-faint",
      )}
      {...(listeners as ComponentPropsWithoutRef<"button">)}
    >
      <AssetThumb asset={asset} className={cn("size-8 max-md:size-11", slot && "opacity-50")} />
      <Icon className="size-3 shrink-0 text-faint" aria-hidden />
      <span className="truncate">{asset.name}</span>
      {slot && <span className="tabular text-meta">{slot}</span>}
    </button>
  );
}
