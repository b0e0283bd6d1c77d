/** A labelled choice from a closed vocabulary; the first entry leaves it open. */
import { type ReactNode, useId } from "react";
import { Label } from "@/components/ui/label";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";

interface ChoiceFieldProps<T extends string> {
  label: string;
  /** Stands after the label. */
  mark?: ReactNode;
  choices: Record<T, string>;
  value: T | null;
  onChange: (value: T | null) => void;
}

const OPEN = "open";

export function ChoiceField<T extends string>({
  label,
  mark,
  choices,
  value,
  onChange,
}: ChoiceFieldProps<T>) {
  const id = useId();
  const names = Object.keys(choices) as T[];
  return (
    <div className="grid min-w-0 gap-1">
      <Label htmlFor={id} className="text-faint">
        {label}
        {mark}
      </Label>
      <Select
        value={value ?? OPEN}
        onValueChange={(chosen) => onChange(names.find((name) => name === chosen) ?? null)}
      >
        <SelectTrigger id={id} title={value ? choices[value] : undefined} className="min-w-0 gap-1">
          <SelectValue />
        </SelectTrigger>
        <SelectContent>
          <SelectItem value={OPEN}>Not set</SelectItem>
          {names.map((name) => (
            <SelectItem key={name} value={name}>
              {choices[name]}
            </SelectItem>
          ))}
        </SelectContent>
      </Select>
    </div>
  );
}
