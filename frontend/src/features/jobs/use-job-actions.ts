/** Cancel and retry; what they did shows when the jobs are read again. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { cancelJobMutation, retryJobMutation } from "@/client/@tanstack/react-query.gen";
import type { JobRead } from "@/client/types.gen";
import { tagged } from "@/lib/query";
import { toastProblem } from "@/lib/toast";

export function useJobActions(job: JobRead) {
  const queryClient = useQueryClient();
  const settled = () => queryClient.invalidateQueries(tagged("jobs", job.project_id));
  const options = { path: { job_id: job.id } };
  const cancel = useMutation({
    ...cancelJobMutation(),
    meta: { isSave: false },
    onError: (error) => toastProblem(error, `Could not cancel “${job.label}”.`),
    onSettled: settled,
  });
  const retry = useMutation({
    ...retryJobMutation(),
    meta: { isSave: false },
    onError: (error) => toastProblem(error, `Could not run “${job.label}” again.`),
    onSettled: settled,
  });
  return {
    cancel: () => cancel.mutate(options),
    retry: () => retry.mutate(options),
    isPending: cancel.isPending || retry.isPending,
  };
}
