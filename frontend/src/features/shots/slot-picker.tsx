/** Chooses the ingredient of a slot from the keyboard: type, arrows, Enter. */
import { Images, X } from "lucide-react";
import { Link } from "react-router";
import type { AssetRead } from "@/client/types.gen";
import {
  Command,
  CommandEmpty,
  CommandGroup,
  CommandInput,
  CommandItem,
  CommandList,
} from "@/components/ui/command";
import { PopoverContent } from "@/components/ui/popover";
import { KIND_ORDER, KINDS } from "@/lib/ingredients";
import { AssetThumb } from "./asset-thumb";
import { fill, type SlotIndex, type Slots } from "./slots";

interface SlotPickerProps {
  slots: Slots;
  index: SlotIndex;
  assets: AssetRead[];
  libraryPath: string;
  /** Offer to empty the slot though it shows nothing: it stands for several. */
  canEmpty?: boolean;
  onChoose: (slots: Slots) => void;
  onEmpty: () => void;
}

export function SlotPicker({
  slots,
  index,
  assets,
  libraryPath,
  canEmpty,
  onChoose,
  onEmpty,
}: SlotPickerProps) {
  const slot = index + 1;
  return (
    <PopoverContent aria-label={`Ingredient of slot ${slot}`} className="w-[min(300px,calc(100vw-16px))] p-0">
      <Command loop>
        <CommandInput placeholder={`Slot ${slot}: type a name`} />
        <CommandList className="max-h-[min(50dvh,320px)]">
          <CommandEmpty>No ingredient has this name.</CommandEmpty>
          {(slots[index] || canEmpty) && (
            <CommandItem value={`empty slot ${slot}`} onSelect={onEmpty}>
              <X className="text-faint" /> Empty slot {slot}
            </CommandItem>
          )}
          {KIND_ORDER.map((type) => {
            const ofKind = assets.filter((asset) => asset.type === type);
            if (ofKind.length === 0) return null;
            return (
              <CommandGroup key={type} heading={KINDS[type].label}>
                {ofKind.map((asset) => {
                  const verdict = fill(slots, index, asset.id);
                  const refused = "refused" in verdict ? verdict.refused : null;
                  return (
                    <CommandItem
                      key={asset.id}
                      value={`${asset.name} ${asset.id}`}
                      keywords={[KINDS[type].label]}
                      disabled={refused !== null}
                      onSelect={() => "slots" in verdict && onChoose(verdict.slots)}
                      className="min-h-10"
                    >
                      <AssetThumb asset={asset} className="size-8 rounded-sm" />
                      <span className="min-w-0 flex-1 truncate">{asset.name}</span>
                      {refused && <span className="text-meta">{refused}</span>}
                    </CommandItem>
                  );
                })}
              </CommandGroup>
            );
          })}
        </CommandList>
        <Link
          to={libraryPath}
          className="flex min-h-9 items-center gap-2 border-t px-3 text-muted-foreground hover:bg-hover max-md:min-h-11"
        >
          <Images className="size-4" aria-hidden /> Add pictures in the library
        </Link>
      </Command>
    </PopoverContent>
  );
}
