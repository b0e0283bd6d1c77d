/** Words of a comparison: as they are, struck out where they go, underlined where they come. */
import type { WordChange } from "@/client/types.gen";
import { cn } from "@/lib/utils";

export function DraftWords({ kind, text }: WordChange) {
  if (kind === "same") return text;
  const Mark = kind === "removed" ? "del" : "ins";
  return (
    <Mark
      className={cn(
        "rounded-sm",
        kind === "removed"
          ? "bg-destructive/15 text-destructive line-through"
          : "bg-ok/15 text-ok underline decoration-1 underline-offset-4",
      )}
    >
      {text}
    </Mark>
  );
}
