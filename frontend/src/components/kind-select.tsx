/** Chooses the kind of an ingredient. */
import type { AssetType } from "@/client/types.gen";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { KIND_ORDER, KINDS, toKind } from "@/lib/ingredients";
import { cn } from "@/lib/utils";

interface KindSelectProps {
  value: AssetType | undefined;
  onChange: (kind: AssetType) => void;
  label: string;
  id?: string;
  className?: string;
}

export function KindSelect({ value, onChange, label, id, className }: KindSelectProps) {
  return (
    <Select
      value={value ?? ""}
      onValueChange={(next) => {
        const kind = toKind(next);
        if (kind) onChange(kind);
      }}
    >
      <SelectTrigger id={id} aria-label={label} className={className}>
        <SelectValue placeholder="Which kind?" />
      </SelectTrigger>
      <SelectContent>
        {KIND_ORDER.map((kind) => {
          const { label: word, icon: Icon, textClass } = KINDS[kind];
          return (
            <SelectItem key={kind} value={kind}>
              <Icon className={cn("size-4 shrink-0", textClass)} aria-hidden />
              {word}
            </SelectItem>
          );
        })}
      </SelectContent>
    </Select>
  );
}
