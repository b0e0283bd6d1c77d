/** Draws a shortcut as key caps. */
import { Kbd } from "@/components/ui/kbd";
import { keyCaps } from "@/lib/shortcuts";
import { cn } from "@/lib/utils";

export function KeyCaps({ keys, className }: { keys: string; className?: string }) {
  return (
    <span className={cn("inline-flex gap-0.5 max-md:hidden", className)}>
      {keyCaps(keys).map((cap, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the caps of one shortcut never move
        <Kbd key={index}>{cap}</Kbd>
      ))}
    </span>
  );
}
