/** The three slots of the shot in the inspector, each with its picker. */
import type { ShotRead } from "@/client/types.gen";
import { Popover } from "@/components/ui/popover";
import { useProjectAssets } from "./project-assets";
import { pickFor, stopPicking, useShotsStore } from "./shots-store";
import { SlotCard } from "./slot-card";
import { SlotPicker } from "./slot-picker";
import { empty, filledCount, SLOT_INDEXES, type Slots } from "./slots";
import { useWorkspace } from "./workspace-context";

export function SlotCards({ shot }: { shot: ShotRead }) {
  const { projectId, libraryPath, shotActions } = useWorkspace();
  const { assets, byId } = useProjectAssets(projectId);
  const picking = useShotsStore((state) => state.picking);
  const slots = shot.assigned_ingredients;
  const save = (next: Slots) => {
    stopPicking();
    shotActions.update(shot.id, { assigned_ingredients: next });
  };

  return (
    <section aria-label="Slots">
      <h3 className="mb-1 flex items-baseline justify-between font-medium text-faint text-meta">
        Slots
        <span className="tabular">
          {filledCount(slots)} of 3<span className="max-md:hidden"> · keys 1–3</span>
        </span>
      </h3>
      <div className="grid grid-cols-3 gap-2">
        {SLOT_INDEXES.map((index) => {
          const id = slots[index];
          const onEmpty = () => save(empty(slots, index));
          const isOpen = picking?.shotId === shot.id && picking.index === index;
          return (
            <Popover key={index} open={isOpen} onOpenChange={(open) => !open && stopPicking()}>
              <SlotCard
                shot={shot}
                index={index}
                asset={id ? byId.get(id) : undefined}
                onPick={() => pickFor(shot.id, index)}
                onEmpty={onEmpty}
              />
              <SlotPicker
                slots={slots}
                index={index}
                assets={assets}
                libraryPath={libraryPath}
                onChoose={save}
                onEmpty={onEmpty}
              />
            </Popover>
          );
        })}
      </div>
    </section>
  );
}
