/** What applying a draft did, with the ways on. */
import { useQuery } from "@tanstack/react-query";
import { CircleCheck } from "lucide-react";
import { Link } from "react-router";
import { getJobOptions } from "@/client/@tanstack/react-query.gen";
import type { DraftApplied, DraftDetail } from "@/client/types.gen";
import { Button } from "@/components/ui/button";
import { plural, sentences } from "@/lib/format";
import { countsSentence } from "./draft-words";
import { ImportProblem } from "./import-problem";
import { isActive } from "./imports";
import { SceneBin } from "./scene-bin";
import { useRevertDraft } from "./use-draft-actions";

interface DraftResultProps {
  draft: DraftDetail;
  applied: DraftApplied;
  projectId: string;
  scriptPath: string;
  shotsPath: string;
  shotPath: (shotId: string) => string;
}

export function DraftResult({
  draft,
  applied,
  projectId,
  scriptPath,
  shotsPath,
  shotPath,
}: DraftResultProps) {
  const { stale_shots: stale, added, binned, kept_count: kept } = applied;
  const { data: job } = useQuery({
    ...getJobOptions({ path: { job_id: applied.job_id ?? "" } }),
    enabled: applied.job_id !== null,
  });
  const { revert, isReverting, problem } = useRevertDraft(projectId);
  return (
    <section aria-label={`Draft ${draft.filename}`} className="min-h-0 flex-1 overflow-y-auto">
      <div className="mx-auto grid max-w-2xl gap-5 p-6 max-md:p-4 md:pt-[8vh]">
        <div className="grid gap-1">
          <h1 className="flex items-center gap-2 font-semibold text-page">
            <CircleCheck className="size-5 shrink-0 text-ok" aria-hidden />
            The draft is applied
          </h1>
          <p className="wrap-anywhere text-muted-foreground">
            {draft.filename} is the script now: {countsSentence(applied.counts)}
            {kept > 0 && `; ${plural(kept, "scene")} kept as they were`}.
          </p>
        </div>
        {stale.length > 0 && (
          <div className="grid gap-1.5">
            <h2 className="font-medium">
              <span aria-hidden className="text-warn">
                ▲
              </span>{" "}
              {plural(stale.length, "shot")} to look at: the script changed under{" "}
              {stale.length === 1 ? "it" : "them"}
            </h2>
            <ul className="flex flex-wrap gap-1">
              {stale.map((shot) => (
                <li key={shot.id}>
                  <Link
                    to={shotPath(shot.id)}
                    className="tabular inline-flex h-6 items-center rounded-sm border border-input px-2 font-medium hover:bg-hover max-md:h-11"
                  >
                    {shot.number}
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        )}
        {added.length > 0 && (
          <div className="grid gap-1">
            <h2 className="font-medium">
              {plural(added.length, "scene")} added
              {job && isActive(job) && `; ${added.length === 1 ? "its" : "their"} shots are being made`}
            </h2>
            {job?.error && (
              <p>
                <span aria-hidden className="text-destructive">
                  ✕
                </span>{" "}
                {sentences("Not all shots were made", job.error.detail, "The list of runs can retry it")}
              </p>
            )}
            <Listed scenes={added} />
          </div>
        )}
        {binned.length > 0 && (
          <div className="grid gap-1">
            <h2 className="font-medium">
              {plural(binned.length, "scene")} in the bin, with {binned.length === 1 ? "its" : "their"} shots
            </h2>
            <Listed scenes={binned} />
          </div>
        )}
        <div className="flex flex-wrap gap-2">
          <Button asChild>
            <Link to={stale[0] ? shotPath(stale[0].id) : shotsPath}>
              {stale.length > 0 ? "Look at the stale shots" : "Open the shots"}
            </Link>
          </Button>
          <Button asChild variant="outline">
            <Link to={scriptPath}>Open the script</Link>
          </Button>
          <SceneBin projectId={projectId} />
          <Button
            variant="outline"
            disabled={isReverting}
            onClick={() => revert(draft.id)}
            title="Scenes, shots and documents are again as they were before this draft"
          >
            {isReverting ? "Taking it back…" : "Take the draft back"}
          </Button>
        </div>
        {problem && <ImportProblem problem={problem} what="Not taken back" />}
      </div>
    </section>
  );
}

function Listed({ scenes }: { scenes: DraftApplied["added"] }) {
  return (
    <ul className="grid gap-0.5 text-muted-foreground">
      {scenes.map((scene) => (
        <li key={scene.id} className="flex gap-2">
          <span className="tabular w-9 shrink-0 text-right text-faint">{scene.number}</span>
          <span className="wrap-anywhere min-w-0">{scene.slugline}</span>
        </li>
      ))}
    </ul>
  );
}
