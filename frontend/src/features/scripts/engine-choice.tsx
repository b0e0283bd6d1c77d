/** Chooses what breaks the screenplay down, and says what that means now. */
import { useQuery } from "@tanstack/react-query";
import { getSystemOptions } from "@/client/@tanstack/react-query.gen";
import { ToggleGroup, ToggleGroupItem } from "@/components/ui/toggle-group";
import { ENGINES, type Engine, engineHint } from "./engine";

interface EngineChoiceProps {
  value: Engine;
  onChange: (engine: Engine) => void;
}

export function EngineChoice({ value, onChange }: EngineChoiceProps) {
  const { data } = useQuery(getSystemOptions());
  const isOff = data?.llm.state !== "ok";
  return (
    <div className="flex flex-wrap items-center gap-x-3 gap-y-1">
      <ToggleGroup
        type="single"
        aria-label="What makes the shots"
        value={value}
        onValueChange={(chosen) => onChange(ENGINES.find((one) => one.value === chosen)?.value ?? value)}
      >
        {ENGINES.map((one) => (
          <ToggleGroupItem
            key={one.value}
            value={one.value}
            disabled={one.value === "ollama" && isOff}
            title={one.value === "ollama" && isOff && data ? engineHint("ollama", data.llm) : undefined}
          >
            {one.label}
          </ToggleGroupItem>
        ))}
      </ToggleGroup>
      {data && <p className="min-w-0 flex-1 basis-64 text-muted-foreground">{engineHint(value, data.llm)}</p>}
    </div>
  );
}
