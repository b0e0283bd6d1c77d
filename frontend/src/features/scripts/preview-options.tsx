/** How a previewed screenplay is to be broken down: by what, and into how many shots a scene. */
import { useId } from "react";
import { Input } from "@/components/ui/input";
import type { Engine } from "./engine";
import { EngineChoice } from "./engine-choice";

const MOST = 100;

interface PreviewOptionsProps {
  engine: Engine;
  onEngine: (engine: Engine) => void;
  /** Shots to aim at in each scene; null leaves it to the engine. */
  target: number | null;
  onTarget: (target: number | null) => void;
}

export function PreviewOptions({ engine, onEngine, target, onTarget }: PreviewOptionsProps) {
  const id = useId();
  return (
    <div className="flex shrink-0 flex-wrap items-center gap-x-6 gap-y-2 border-b px-3 py-2">
      <div className="flex items-center gap-2">
        <label htmlFor={id} className="whitespace-nowrap text-muted-foreground">
          Shots a scene
        </label>
        <Input
          id={id}
          type="number"
          inputMode="numeric"
          min={1}
          max={MOST}
          placeholder="as needed"
          value={target ?? ""}
          onChange={(event) => {
            const wanted = Math.trunc(event.target.valueAsNumber);
            onTarget(Number.isNaN(wanted) ? null : Math.min(MOST, Math.max(1, wanted)));
          }}
          className="tabular w-28"
        />
      </div>
      <div className="min-w-0 flex-1 basis-80">
        <EngineChoice value={engine} onChange={onEngine} />
      </div>
    </div>
  );
}
