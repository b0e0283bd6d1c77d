/** One breakdown: what it was, and taking it back; when that is refused, why, and the way to do it all the same. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { Undo2 } from "lucide-react";
import { revertBreakdownRunMutation } from "@/client/@tanstack/react-query.gen";
import type { RunRead } from "@/client/types.gen";
import { Button } from "@/components/ui/button";
import { formatWhen, parseTime, sentences } from "@/lib/format";
import { toProblem } from "@/lib/problem";
import { tagged } from "@/lib/query";

const KINDS: Record<RunRead["kind"], string> = {
  import: "Import",
  scene: "Broken down again",
  draft: "Revised draft",
};

const engineOf = (engine: string) => (engine === "rules" ? "built-in rules" : engine.replace(/^ollama:/, ""));

export function RunRow({ run }: { run: RunRead }) {
  const queryClient = useQueryClient();
  const revert = useMutation({
    ...revertBreakdownRunMutation(),
    meta: { isSave: false },
    // A refusal changed nothing and is shown at once, not after everything has been read again.
    onSuccess: () =>
      queryClient.invalidateQueries(tagged(["shots", "scenes", "scripts", "projects"], run.project_id)),
  });
  const problem = revert.error ? toProblem(revert.error) : null;
  const isEdited = problem?.code === "shots.edited_since";
  const take = (discard_edited: boolean) =>
    revert.mutate({ path: { run_id: run.id }, body: { discard_edited } });

  return (
    <li className="grid grid-cols-[minmax(0,1fr)] gap-1 border-b px-3 py-2 last:border-b-0">
      <div className="flex items-center gap-2">
        <div className="min-w-0 flex-1">
          <p className="wrap-anywhere line-clamp-2 font-medium" title={run.label}>
            {run.label || KINDS[run.kind]}
          </p>
          <p className="wrap-anywhere text-faint text-meta">
            {[KINDS[run.kind], engineOf(run.engine), formatWhen(parseTime(run.created_at))].join(" · ")}
          </p>
        </div>
        {run.reverted_at ? (
          <span className="shrink-0 text-faint text-meta">
            Reverted {formatWhen(parseTime(run.reverted_at))}
          </span>
        ) : (
          !problem && (
            <Button
              variant="outline"
              aria-label={`Revert ${run.label}`}
              disabled={revert.isPending}
              onClick={() => take(false)}
            >
              <Undo2 /> Revert
            </Button>
          )
        )}
      </div>
      {run.kind === "import" && !run.reverted_at && !problem && (
        <p className="text-faint text-meta">Reverting an import puts its scenes into the bin.</p>
      )}
      {problem && (
        <div role="alert" className="grid gap-1.5 text-meta">
          <p>{sentences(problem.detail, isEdited ? "Nothing was changed." : problem.fix)}</p>
          <span className="flex gap-2">
            {isEdited && (
              <Button variant="outline" disabled={revert.isPending} onClick={() => take(true)}>
                Discard those and revert
              </Button>
            )}
            <Button variant="ghost" onClick={() => revert.reset()}>
              {isEdited ? "Keep them" : "Close"}
            </Button>
          </span>
        </div>
      )}
    </li>
  );
}
