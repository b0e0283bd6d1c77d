/** An import that failed or was cancelled: what is missing, why, and how to go on; one entry for each cause. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { RotateCcw } from "lucide-react";
import { retryJobMutation } from "@/client/@tanstack/react-query.gen";
import type { JobRead } from "@/client/types.gen";
import { Button } from "@/components/ui/button";
import { plural } from "@/lib/format";
import { tagged } from "@/lib/query";
import { toastProblem } from "@/lib/toast";
import { byCause, failedScenesOptions } from "./imports";

const NAMED = 3;

export function ImportFailure({ job }: { job: JobRead }) {
  const queryClient = useQueryClient();
  const { data } = useQuery(failedScenesOptions(job));
  const retry = useMutation({
    ...retryJobMutation(),
    meta: { isSave: false },
    onError: (error) => toastProblem(error, "Could not run it again."),
    onSettled: () => queryClient.invalidateQueries(tagged("jobs", job.project_id)),
  });
  const scenes = data?.items ?? [];
  const run = (id: string) => retry.mutate({ path: { job_id: id } });
  const isCancelled = job.status === "cancelled";

  return (
    <div role="alert" className="grid gap-2 border-b bg-surface px-3 py-2">
      <div className="flex items-center gap-3">
        <p className="min-w-0 flex-1">
          <span aria-hidden className={isCancelled ? "text-warn" : "text-destructive"}>
            {isCancelled ? "▲" : "✕"}
          </span>{" "}
          {isCancelled
            ? "The import was cancelled. The scenes that were done are here."
            : scenes.length > 0
              ? `${plural(scenes.length, "scene")} of “${job.label}” could not be broken down. The others are here.`
              : `“${job.label}” was not imported: ${job.error?.detail ?? ""} ${job.error?.fix ?? ""}`}
        </p>
        <Button variant="outline" disabled={retry.isPending} onClick={() => run(job.id)}>
          <RotateCcw /> {scenes.length > 1 ? `Retry all ${scenes.length}` : isCancelled ? "Go on" : "Retry"}
        </Button>
      </div>
      {scenes.length > 0 && (
        <ul className="grid max-h-40 gap-1 overflow-y-auto">
          {byCause(scenes).map(({ cause, fix, jobs }) => (
            <li key={cause} className="flex items-center gap-3">
              <span className="wrap-anywhere min-w-0 flex-1">
                <span className="font-medium">
                  {jobs
                    .slice(0, NAMED)
                    .map((scene) => scene.label)
                    .join(", ")}
                  {jobs.length > NAMED && ` and ${jobs.length - NAMED} more`}
                </span>{" "}
                {cause} <span className="text-muted-foreground">{fix}</span>
              </span>
              {scenes.length > 1 && (
                <Button
                  variant="ghost"
                  disabled={retry.isPending}
                  onClick={() => {
                    for (const scene of jobs) run(scene.id);
                  }}
                >
                  Retry {jobs.length > 1 ? jobs.length : ""}
                </Button>
              )}
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
