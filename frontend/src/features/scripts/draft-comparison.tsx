/** The comparison of a draft that is not applied: filters, scenes, decisions, and one button that applies it. */
import { ArrowLeft } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";
import type { DraftDetail } from "@/client/types.gen";
import { Button } from "@/components/ui/button";
import { plural } from "@/lib/format";
import { DraftFilters } from "./draft-filters";
import { DraftScene } from "./draft-scene";
import { DraftWarnings } from "./draft-warnings";
import { isOfKind, KINDS, type SceneKind, wasLeftOut } from "./draft-words";
import type { Engine } from "./engine";
import { EngineChoice } from "./engine-choice";
import { ImportProblem } from "./import-problem";
import { useApplyDraft, useDiscardDraft } from "./use-draft-actions";

interface DraftComparisonProps {
  draft: DraftDetail;
  projectId: string;
  scriptPath: string;
  shotPath: (shotId: string) => string;
  onLeave: () => void;
}

const CHANGING = KINDS.filter((kind) => kind !== "unchanged");

export function DraftComparison({ draft, projectId, scriptPath, shotPath, onLeave }: DraftComparisonProps) {
  const [shown, setShown] = useState<ReadonlySet<SceneKind>>(new Set(CHANGING));
  const [kept, setKept] = useState<ReadonlySet<string>>(
    () => new Set(draft.scenes.filter(wasLeftOut).map((scene) => scene.key)),
  );
  const [engine, setEngine] = useState<Engine>("auto");
  const { apply, isApplying, problem: refusal } = useApplyDraft(projectId);
  const { discard, isDiscarding, problem: notDiscarded } = useDiscardDraft(projectId, onLeave);
  const problem = refusal ?? notDiscarded;
  const scenes = draft.scenes.filter((scene) => [...shown].some((kind) => isOfKind(scene, kind)));
  const taken = draft.scenes.filter((scene) => !kept.has(scene.key));
  const stale = taken.reduce((sum, scene) => sum + scene.stale_shots.length, 0);
  const renamed = Object.entries(draft.renamed);
  const toggle = <T,>(set: ReadonlySet<T>, one: T, isIn: boolean): ReadonlySet<T> => {
    const next = new Set(set);
    if (isIn) next.add(one);
    else next.delete(one);
    return next;
  };

  return (
    <section
      aria-label={`Draft ${draft.filename}`}
      className="flex min-h-0 flex-1 flex-col max-md:overflow-y-auto"
    >
      {/* A phone scrolls all but this; at a desk the filters stay too. */}
      <header className="flex min-h-11 shrink-0 flex-wrap items-center gap-2 border-b bg-background px-3 py-1.5 max-md:sticky max-md:top-0 max-md:z-10">
        <Button asChild variant="ghost" size="icon">
          <Link to={scriptPath} aria-label="Back to the script" title="Back to the script">
            <ArrowLeft />
          </Link>
        </Button>
        <div className="min-w-0 flex-1">
          <h1
            className="wrap-anywhere font-semibold text-title max-md:line-clamp-2 md:truncate"
            title={draft.filename}
          >
            {draft.filename}
          </h1>
          <p
            className="wrap-anywhere text-faint text-meta max-md:line-clamp-2 md:truncate"
            title={draft.script_filename}
          >
            a draft of {draft.script_filename}
          </p>
        </div>
        <Button
          variant="outline"
          disabled={isDiscarding || isApplying}
          onClick={() => discard(draft.id)}
          title="Forget this draft; the project stays as it is"
        >
          Discard
        </Button>
        <Button
          disabled={isApplying || isDiscarding}
          onClick={() =>
            apply({
              path: { draft_id: draft.id },
              body: {
                version: draft.version,
                keep: draft.scenes.filter((scene) => kept.has(scene.key)).map((scene) => scene.key),
                engine,
              },
            })
          }
        >
          {isApplying ? "Applying…" : "Apply draft"}
        </Button>
      </header>
      {problem && (
        <div className="border-b p-3">
          <ImportProblem problem={problem} what={refusal ? "Not applied" : "Not discarded"} />
        </div>
      )}
      <div className="flex shrink-0 flex-wrap items-center gap-x-4 gap-y-1 border-b px-3 py-1.5">
        <DraftFilters
          counts={draft.counts}
          shown={shown}
          onToggle={(kind) => setShown(toggle(shown, kind, !shown.has(kind)))}
        />
        <p className="text-muted-foreground">
          {stale > 0
            ? `${plural(stale, "shot")} will be stale; everything else keeps its shots, slots and documents.`
            : "No shot will be stale; everything keeps its shots, slots and documents."}
        </p>
        {renamed.length > 0 && (
          <p className="text-muted-foreground">
            Renamed: {renamed.map(([before, after]) => `${before} → ${after}`).join(", ")}
          </p>
        )}
      </div>
      <DraftWarnings warnings={draft.warnings} />
      {draft.counts.added > 0 && (
        <div className="flex shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b px-3 py-1.5">
          <p>What makes the shots of {plural(draft.counts.added, "added scene")}:</p>
          <EngineChoice value={engine} onChange={setEngine} />
        </div>
      )}
      <div className="max-md:shrink-0 md:min-h-0 md:flex-1 md:overflow-y-auto">
        {/* The names of the columns, where there are columns; over their text, not over its line numbers. */}
        {scenes.length > 0 && (
          <div className="sticky top-0 z-10 grid grid-cols-2 gap-4 border-b bg-background px-3 py-1 font-medium text-faint text-meta *:pl-11 max-md:hidden">
            <span>The script now</span>
            <span>This draft</span>
          </div>
        )}
        {scenes.map((scene) => (
          <DraftScene
            key={scene.key}
            scene={scene}
            isKept={kept.has(scene.key)}
            onKeep={(isKept) => setKept(toggle(kept, scene.key, isKept))}
            shotPath={shotPath}
          />
        ))}
        {scenes.length === 0 && (
          <p className="m-auto max-w-md p-6 text-center text-muted-foreground">
            {draft.counts.unchanged === draft.scenes.length
              ? "This draft says the same as the script, scene for scene. Applying it only takes over its line numbers."
              : "No scene of the chosen kinds. Choose another kind above."}
          </p>
        )}
      </div>
    </section>
  );
}
