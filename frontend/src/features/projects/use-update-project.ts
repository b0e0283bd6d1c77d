/** Saves a change of a project, shown at once wherever the project is. */
import {
  getProjectQueryKey,
  listProjectsQueryKey,
  updateProjectMutation,
} from "@/client/@tanstack/react-query.gen";
import type { ProjectPage, ProjectRead, ProjectUpdate } from "@/client/types.gen";
import { patch, replaceItem, useOptimisticMutation } from "@/lib/optimistic";
import { tagged } from "@/lib/query";
import { PROJECT_LIST_QUERY } from "./project-query";

export function useUpdateProject() {
  const { mutate } = useOptimisticMutation({
    mutation: updateProjectMutation(),
    patches: ({ path, body }) => [
      patch<ProjectPage>({ queryKey: listProjectsQueryKey(PROJECT_LIST_QUERY) }, (page) =>
        replaceItem(page, path.project_id, changeOf(body)),
      ),
      patch<ProjectRead>({ queryKey: getProjectQueryKey({ path }) }, (one) => ({
        ...one,
        ...changeOf(body),
      })),
    ],
    doing: ({ body }) => `save the project${body.name ? ` “${body.name}”` : ""}`,
    invalidates: [tagged("projects")],
  });
  return (project: ProjectRead, body: ProjectUpdate) => mutate({ path: { project_id: project.id }, body });
}

function changeOf({ name, aspect_ratio, resolution }: ProjectUpdate): Partial<ProjectRead> {
  return {
    ...(name != null && { name }),
    ...(aspect_ratio != null && { aspect_ratio }),
    ...(resolution != null && { resolution }),
  };
}
