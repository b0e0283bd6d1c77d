/** What an import would make of a file: scenes to rename, merge or leave out, beside the script and its doubts. */
import { ArrowLeft } from "lucide-react";
import { useState } from "react";
import type { ImportPlan, ScriptPreview } from "@/client/types.gen";
import { Button } from "@/components/ui/button";
import { ToggleGroup, ToggleGroupItem } from "@/components/ui/toggle-group";
import { plural } from "@/lib/format";
import { useIsPhone } from "@/lib/media";
import type { AppProblem } from "@/lib/problem";
import type { Engine } from "./engine";
import { toPlan, useImportPlan } from "./import-plan";
import { ImportProblem } from "./import-problem";
import { PreviewOptions } from "./preview-options";
import { PreviewScenes } from "./preview-scenes";
import { PreviewSummary } from "./preview-summary";
import { PreviewText } from "./preview-text";

interface PreviewScreenProps {
  preview: ScriptPreview;
  engine: Engine;
  onEngine: (engine: Engine) => void;
  isSending: boolean;
  problem: AppProblem | null;
  onBack: () => void;
  onImport: (plan: ImportPlan) => void;
}

export function PreviewScreen(props: PreviewScreenProps) {
  const { preview, engine, onEngine, isSending, problem, onBack, onImport } = props;
  const isPhone = useIsPhone();
  const plan = useImportPlan(preview);
  const [targetShots, setTargetShots] = useState<number | null>(null);
  const [line, setLine] = useState<number | null>(null);
  const [side, setSide] = useState<"scenes" | "text">("scenes");
  const goTo = (to: number) => {
    setLine(to);
    setSide("text");
  };
  const dropped = new Set(plan.rows.filter((row) => row.isDropped).map((row) => row.scene.index));

  return (
    <section aria-label={`Preview of ${preview.filename}`} className="flex min-h-0 flex-1 flex-col">
      <header className="flex min-h-11 shrink-0 flex-wrap items-center gap-2 border-b px-3 py-1.5">
        <Button variant="ghost" onClick={onBack} disabled={isSending}>
          <ArrowLeft /> Back
        </Button>
        <h1 className="min-w-0 flex-1 truncate font-semibold text-title" title={preview.filename}>
          {preview.filename}
        </h1>
        <Button
          disabled={plan.sceneCount === 0 || isSending}
          title={plan.sceneCount === 0 ? "Every scene is left out" : undefined}
          onClick={() => onImport(toPlan(preview, plan.rows, targetShots))}
        >
          {isSending ? "Importing…" : `Import ${plural(plan.sceneCount, "scene")}`}
        </Button>
      </header>
      {problem && (
        <div className="border-b p-3">
          <ImportProblem problem={problem} />
        </div>
      )}
      <PreviewSummary preview={preview} plan={plan} onLine={goTo} />
      <PreviewOptions engine={engine} onEngine={onEngine} target={targetShots} onTarget={setTargetShots} />
      {isPhone && (
        <div className="border-b p-2">
          <ToggleGroup
            type="single"
            aria-label="What is shown"
            value={side}
            onValueChange={(shown) => shown && setSide(shown === "text" ? "text" : "scenes")}
          >
            <ToggleGroupItem value="scenes">Scenes</ToggleGroupItem>
            <ToggleGroupItem value="text">Script</ToggleGroupItem>
          </ToggleGroup>
        </div>
      )}
      <div className="flex min-h-0 flex-1">
        {(!isPhone || side === "scenes") && <PreviewScenes plan={plan} onLine={goTo} />}
        {(!isPhone || side === "text") && <PreviewText preview={preview} dropped={dropped} target={line} />}
      </div>
    </section>
  );
}
