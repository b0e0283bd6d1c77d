/** The three slots of a shot in its row: always three. */
import type { ShotRead } from "@/client/types.gen";
import { KINDS } from "@/lib/ingredients";
import { cn } from "@/lib/utils";
import { AssetThumb } from "./asset-thumb";
import type { AssetMap } from "./project-assets";
import { pickFor } from "./shots-store";
import { SlotBox } from "./slot-box";
import { SLOT_INDEXES } from "./slots";

interface SlotStripProps {
  shot: ShotRead;
  byId: AssetMap;
  onSelect: (shotId: string) => void;
}

export function SlotStrip({ shot, byId, onSelect }: SlotStripProps) {
  return (
    <div className="flex gap-1">
      {SLOT_INDEXES.map((index) => {
        const id = shot.assigned_ingredients[index];
        return (
          <SlotBox
            key={index}
            shot={shot}
            index={index}
            asset={id ? byId.get(id) : undefined}
            onPick={() => {
              onSelect(shot.id);
              pickFor(shot.id, index);
            }}
          />
        );
      })}
    </div>
  );
}

/** The same where a finger could not hit one: the row opens the inspector, the slots only show. */
export function StillSlotStrip({ shot, byId }: Omit<SlotStripProps, "onSelect">) {
  return (
    <div className="flex gap-1">
      {SLOT_INDEXES.map((index) => {
        const id = shot.assigned_ingredients[index];
        const asset = id ? byId.get(id) : undefined;
        return (
          <span
            key={index}
            className={cn(
              "tabular flex size-6 items-center justify-center overflow-hidden rounded-sm text-faint text-meta",
              asset ? ["border-b-2", KINDS[asset.type].edgeClass] : "border border-input border-dashed",
            )}
          >
            {asset ? <AssetThumb asset={asset} className="size-full" /> : index + 1}
          </span>
        );
      })}
    </div>
  );
}
