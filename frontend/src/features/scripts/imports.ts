/** The imports of a project: a screenplay's parent job, and the scenes of it that failed. */
import { listJobsOptions } from "@/client/@tanstack/react-query.gen";
import type { JobPage, JobRead } from "@/client/types.gen";

/** Events say when a job moves; this only bounds a missed one. */
const CHECK_EVERY_MS = 3_000;
const RECENT = 100;
const MAX_FAILED = 200;

export const isActive = ({ status }: JobRead) =>
  status === "queued" || status === "running" || status === "cancelling";

export const importJobsOptions = (projectId: string) => ({
  ...listJobsOptions({ query: { project_id: projectId, limit: RECENT } }),
  refetchInterval: ({ state }: { state: { data: JobPage | undefined } }) =>
    state.data?.items.some((job) => job.kind === "scripts.parse" && isActive(job)) ? CHECK_EVERY_MS : false,
});

/** The latest import of a screenplay. */
export const importOf = (page: JobPage | undefined, scriptId: string) =>
  page?.items.find((job) => job.kind === "scripts.parse" && job.subject_id === scriptId);

export const failedScenesOptions = (job: JobRead) =>
  listJobsOptions({
    query: { project_id: job.project_id, parent_id: job.id, state: "failed", limit: MAX_FAILED },
  });

/** Jobs that failed for the same reason, together. */
export function byCause(jobs: JobRead[]): { cause: string; fix: string | null; jobs: JobRead[] }[] {
  const groups = new Map<string, { cause: string; fix: string | null; jobs: JobRead[] }>();
  for (const job of jobs) {
    const cause = job.error?.detail ?? "No reason was given.";
    const group = groups.get(cause) ?? { cause, fix: job.error?.fix ?? null, jobs: [] };
    group.jobs.push(job);
    groups.set(cause, group);
  }
  return [...groups.values()];
}
