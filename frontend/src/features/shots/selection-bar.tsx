/** What can be done with several picked shots, at the foot of the table. */
import { Trash2, X } from "lucide-react";
import { useState } from "react";
import type { BulkSet, ShotRead } from "@/client/types.gen";
import { Tip } from "@/components/tip";
import { Button } from "@/components/ui/button";
import { Popover, PopoverTrigger } from "@/components/ui/popover";
import { ANGLES, MOVEMENTS, SIZES } from "./camera-words";
import { useProjectAssets } from "./project-assets";
import { SelectionChoice } from "./selection-choice";
import { shotCount } from "./shot-words";
import { SlotPicker } from "./slot-picker";
import { SLOT_INDEXES, type SlotIndex } from "./slots";
import { unpickAll } from "./use-selection";
import { useWorkspace } from "./workspace-context";

const SECONDS = [4, 6, 8];

interface SelectionBarProps {
  shots: ShotRead[];
  onDelete: () => void;
}

export function SelectionBar({ shots, onDelete }: SelectionBarProps) {
  const { bulk } = useWorkspace();
  const set = (values: BulkSet) =>
    bulk.update(
      shots.map(({ id }) => id),
      values,
    );

  if (shots.length === 0) {
    return (
      <section aria-label="No shot picked" className="flex shrink-0 items-center border-t bg-raised pl-3">
        <p className="flex-1">Tap the shots to pick.</p>
        <Unpick />
      </section>
    );
  }
  return (
    <section
      aria-label={`${shotCount(shots.length)} picked`}
      className="flex min-h-11 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-t bg-raised px-3 py-1"
    >
      <span className="tabular whitespace-nowrap font-semibold">{shotCount(shots.length)}</span>
      <fieldset className="flex items-center gap-1">
        <legend className="float-left mr-1 text-faint text-meta">Seconds</legend>
        {SECONDS.map((duration) => (
          <Button
            key={duration}
            variant="outline"
            className="tabular px-2 max-md:min-w-11"
            aria-label={`Set ${duration} seconds`}
            onClick={() => set({ duration })}
          >
            {duration}
          </Button>
        ))}
      </fieldset>
      <span className="flex items-center gap-1">
        <SelectionChoice label="Size" choices={SIZES} onChoose={(size) => set({ size })} />
        <SelectionChoice label="Angle" choices={ANGLES} onChoose={(angle) => set({ angle })} />
        <SelectionChoice label="Movement" choices={MOVEMENTS} onChoose={(movement) => set({ movement })} />
      </span>
      <fieldset className="flex items-center gap-1">
        <legend className="float-left mr-1 text-faint text-meta">Slot</legend>
        {SLOT_INDEXES.map((index) => (
          <SlotForAll
            key={index}
            index={index}
            onSet={(id) => set({ slot: { number: index + 1, ingredient_id: id } })}
          />
        ))}
      </fieldset>
      <span className="flex-1" />
      <Tip text="Delete them; Undo brings them back" keys="backspace">
        <Button variant="ghost" onClick={onDelete}>
          <Trash2 /> Delete
        </Button>
      </Tip>
      <Unpick />
    </section>
  );
}

function Unpick() {
  return (
    <Tip text="Let go of them" keys="escape">
      <Button variant="ghost" size="icon-sm" aria-label="Let go of the picked shots" onClick={unpickAll}>
        <X />
      </Button>
    </Tip>
  );
}

function SlotForAll({ index, onSet }: { index: SlotIndex; onSet: (ingredientId: string | null) => void }) {
  const { projectId, libraryPath } = useWorkspace();
  const { assets } = useProjectAssets(projectId);
  const [isOpen, setIsOpen] = useState(false);
  const done = (ingredientId: string | null) => {
    setIsOpen(false);
    onSet(ingredientId);
  };
  return (
    <Popover open={isOpen} onOpenChange={setIsOpen}>
      <PopoverTrigger asChild>
        <Button
          variant="outline"
          className="tabular px-2 max-md:min-w-11"
          aria-label={`Fill slot ${index + 1}`}
        >
          {index + 1}
        </Button>
      </PopoverTrigger>
      <SlotPicker
        slots={[null, null, null]}
        index={index}
        assets={assets}
        libraryPath={libraryPath}
        canEmpty
        onChoose={(slots) => done(slots[index])}
        onEmpty={() => done(null)}
      />
    </Popover>
  );
}
