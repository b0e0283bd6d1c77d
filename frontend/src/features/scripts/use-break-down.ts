/** Breaks scenes down again, says how far it is, and offers to take it back when it is done. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { breakDownScenesMutation } from "@/client/@tanstack/react-query.gen";
import { getJob, listProjectShots, revertBreakdownRun } from "@/client/sdk.gen";
import type { BreakDownRequest, JobDetail } from "@/client/types.gen";
import { plural, sentences } from "@/lib/format";
import { tagged } from "@/lib/query";
import { toastProblem, UNDO_MS } from "@/lib/toast";

const LOOK_EVERY_MS = 700;
const PAGE = 500;
const ACTIVE: ReadonlySet<string> = new Set(["queued", "running", "cancelling"]);

async function untilEnded(jobId: string, onProgress: (job: JobDetail) => void): Promise<JobDetail> {
  for (;;) {
    const { data: job } = await getJob({ path: { job_id: jobId }, throwOnError: true });
    if (!ACTIVE.has(job.status)) return job;
    onProgress(job);
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
  }
}

async function countShots(projectId: string, runId: string): Promise<number> {
  let count = 0;
  for (let offset = 0, total = 1; offset < total; offset += PAGE) {
    const { data } = await listProjectShots({
      path: { project_id: projectId },
      query: { limit: PAGE, offset },
      throwOnError: true,
    });
    count += data.items.filter((shot) => shot.run_id === runId).length;
    total = data.total;
  }
  return count;
}

export function useBreakDown(projectId: string) {
  const queryClient = useQueryClient();
  const refresh = () =>
    queryClient.invalidateQueries(tagged(["shots", "scenes", "projects", "jobs"], projectId));
  const start = useMutation({ ...breakDownScenesMutation(), meta: { isSave: false } });

  const revert = async (runId: string) => {
    try {
      await revertBreakdownRun({ path: { run_id: runId }, body: {}, throwOnError: true });
      toast("The shots are as they were before");
    } catch (error) {
      toastProblem(error, "Could not take the breakdown back.");
    }
    await refresh();
  };
  const follow = async (name: string, jobId: string) => {
    const id = `breakdown ${jobId}`;
    toast.loading(`Breaking ${name} down…`, { id, duration: Number.POSITIVE_INFINITY });
    try {
      const job = await untilEnded(jobId, ({ progress: { done, total } }) => {
        if (total > 1) toast.loading(`Breaking ${name} down: ${done} of ${total}`, { id });
      });
      await refresh();
      if (job.status !== "succeeded") {
        toast.error(`Could not break ${name} down.`, {
          id,
          description: sentences(job.error?.detail, job.error?.fix),
          duration: UNDO_MS,
        });
        return;
      }
      const runId = String(job.result?.run_id ?? "");
      const count = await countShots(projectId, runId);
      toast.success(`${plural(count, "shot")} in ${name}`, {
        id,
        description: "Undo brings the shots back that were there; later, the list of runs does.",
        duration: UNDO_MS,
        action: { label: "Undo", onClick: () => void revert(runId) },
      });
    } catch (error) {
      toast.dismiss(id);
      toastProblem(error, `Lost sight of the breakdown of ${name}. It goes on; the list of runs has it.`);
    }
  };

  return {
    isPending: start.isPending,
    /** Whether it has begun; when not, it has been said. */
    breakDown: async (name: string, body: BreakDownRequest): Promise<boolean> => {
      try {
        const { job_id } = await start.mutateAsync({ path: { project_id: projectId }, body });
        void follow(name, job_id);
        return true;
      } catch (error) {
        toastProblem(error, `Could not break ${name} down.`);
        return false;
      }
    },
  };
}
