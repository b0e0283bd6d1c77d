/** An import under way: scenes done of all, about how long yet, cancel. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { cancelJobMutation } from "@/client/@tanstack/react-query.gen";
import type { JobRead } from "@/client/types.gen";
import { Button } from "@/components/ui/button";
import { Progress } from "@/components/ui/progress";
import { estimateRest } from "@/lib/estimate";
import { parseTime } from "@/lib/format";
import { tagged } from "@/lib/query";
import { toastProblem } from "@/lib/toast";

export function ImportProgress({ job }: { job: JobRead }) {
  const queryClient = useQueryClient();
  const cancel = useMutation({
    ...cancelJobMutation(),
    meta: { isSave: false },
    onError: (error) => toastProblem(error, "Could not cancel the import."),
    onSettled: () => queryClient.invalidateQueries(tagged("jobs", job.project_id)),
  });
  const { done, total } = job.progress;
  const isStopping = job.status === "cancelling";
  const rest = job.started_at
    ? estimateRest(done, total, parseTime(job.started_at).getTime(), Date.now())
    : null;
  const text = isStopping
    ? "Stopping; what is done stays."
    : total === 0
      ? `Reading “${job.label}”…`
      : [`Scene ${done} of ${total}`, rest].filter(Boolean).join(" · ");

  return (
    <div className="flex items-center gap-3 border-b bg-surface px-3 py-2" role="status">
      <span className="tabular whitespace-nowrap">{text}</span>
      <Progress
        value={total > 0 ? (done / total) * 100 : 0}
        aria-label={`Import of ${job.label}: ${done} of ${total} scenes`}
        className="min-w-0 flex-1"
      />
      {!isStopping && (
        <Button
          variant="outline"
          disabled={cancel.isPending}
          onClick={() => cancel.mutate({ path: { job_id: job.id } })}
        >
          Cancel
        </Button>
      )}
    </div>
  );
}
