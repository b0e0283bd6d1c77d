/** One camera word for all picked shots; it shows no value, since they may differ. */
import { Select, SelectContent, SelectItem, SelectTrigger } from "@/components/ui/select";

interface SelectionChoiceProps<T extends string> {
  label: string;
  choices: Record<T, string>;
  onChoose: (value: T | null) => void;
}

const OPEN = "open";

export function SelectionChoice<T extends string>({ label, choices, onChoose }: SelectionChoiceProps<T>) {
  const names = Object.keys(choices) as T[];
  return (
    <Select
      value=""
      onValueChange={(chosen) => chosen && onChoose(names.find((name) => name === chosen) ?? null)}
    >
      <SelectTrigger aria-label={`${label} of the picked shots`} className="w-auto gap-1">
        {label}
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
  );
}
