/** What an import gave, in one line, and what it had to guess. */
import { ChevronDown, ChevronRight } from "lucide-react";
import { useState } from "react";
import type { SceneRead, ScriptRead } from "@/client/types.gen";
import { plural } from "@/lib/format";
import { engineWords } from "./engine";
import { WarningList } from "./warning-list";

interface ImportResultProps {
  script: ScriptRead;
  scenes: SceneRead[];
  onLine: (line: number) => void;
}

export function ImportResult({ script, scenes, onLine }: ImportResultProps) {
  const [isOpen, setIsOpen] = useState(false);
  const shotCount = scenes.reduce((sum, scene) => sum + scene.shot_count, 0);
  const { warnings } = script;
  const Chevron = isOpen ? ChevronDown : ChevronRight;

  return (
    <div className="border-b bg-surface">
      <div className="flex min-h-8 flex-wrap items-center gap-x-3 px-3 text-muted-foreground">
        <span className="tabular">
          {[plural(scenes.length, "scene"), plural(shotCount, "shot"), engineWords(script.engine)]
            .filter(Boolean)
            .join(", ")}
        </span>
        {warnings.length > 0 && (
          <button
            type="button"
            aria-expanded={isOpen}
            onClick={() => setIsOpen(!isOpen)}
            className="inline-flex h-7 items-center gap-1 rounded-sm px-1 hover:bg-hover max-md:h-11"
          >
            <span aria-hidden className="text-warn">
              ▲
            </span>
            {plural(warnings.length, "thing")} to look at
            <Chevron className="size-4" aria-hidden />
          </button>
        )}
      </div>
      {isOpen && <WarningList warnings={warnings} onLine={onLine} />}
    </div>
  );
}
