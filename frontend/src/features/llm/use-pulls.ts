/** The downloads of models: starts, follows and stops them. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import {
  cancelJobMutation,
  listJobsOptions,
  pullLlmModelMutation,
  retryJobMutation,
} from "@/client/@tanstack/react-query.gen";
import type { JobRead } from "@/client/types.gen";
import { tagged } from "@/lib/query";
import { toastProblem } from "@/lib/toast";

/** Events say when a download moves; this only bounds a missed one. */
const CHECK_EVERY_MS = 4_000;
const SHOWN = 5;

export const isUnderWay = ({ status }: JobRead) =>
  status === "queued" || status === "running" || status === "cancelling";

export function usePulls() {
  const queryClient = useQueryClient();
  const { data } = useQuery({
    ...listJobsOptions({ query: { kind: "llm.pull", limit: SHOWN } }),
    refetchInterval: ({ state }) => (state.data?.items.some(isUnderWay) ? CHECK_EVERY_MS : false),
  });
  const settled = () => queryClient.invalidateQueries(tagged("jobs"));
  const meta = { isSave: false };
  const start = useMutation({
    ...pullLlmModelMutation(),
    meta,
    onError: (error) => toastProblem(error, "Could not start the download."),
    onSettled: settled,
  });
  const cancel = useMutation({
    ...cancelJobMutation(),
    meta,
    onError: (error) => toastProblem(error, "Could not cancel the download."),
    onSettled: settled,
  });
  const retry = useMutation({
    ...retryJobMutation(),
    meta,
    onError: (error) => toastProblem(error, "Could not start the download again."),
    onSettled: settled,
  });
  return {
    pulls: data?.items ?? [],
    isStarting: start.isPending,
    start: (model: string) => start.mutate({ body: { model } }),
    cancel: (job: JobRead) => cancel.mutate({ path: { job_id: job.id } }),
    retry: (job: JobRead) => retry.mutate({ path: { job_id: job.id } }),
  };
}
