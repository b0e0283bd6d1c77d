/** The jobs of a project: what is under way, and what ended lately. */
import { listJobsOptions } from "@/client/@tanstack/react-query.gen";
import type { JobPage } from "@/client/types.gen";

/** Events say when a job moves; this only bounds a missed one. */
const CHECK_EVERY_MS = 4_000;
const RECENT = 30;

const whileActive = (page: JobPage | undefined) => (page && page.items.length > 0 ? CHECK_EVERY_MS : false);

export const activeJobsOptions = (projectId: string) => ({
  ...listJobsOptions({ query: { project_id: projectId, state: "active", limit: 100 } }),
  refetchInterval: (query: { state: { data: JobPage | undefined } }) => whileActive(query.state.data),
});

export const endedJobsOptions = (projectId: string) =>
  listJobsOptions({ query: { project_id: projectId, state: "finished", limit: RECENT } });
