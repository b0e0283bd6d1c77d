/** All projects, last changed first; rename in place, delete with a word about what goes. */
import { useQueryClient, useSuspenseQuery } from "@tanstack/react-query";
import { useState } from "react";
import {
  deleteProjectMutation,
  getProjectQueryKey,
  listProjectsOptions,
} from "@/client/@tanstack/react-query.gen";
import type { ProjectPage, ProjectRead } from "@/client/types.gen";
import { patch, removeItem, useOptimisticMutation } from "@/lib/optimistic";
import { DeleteProjectDialog } from "./delete-project-dialog";
import { PROJECT_LIST_QUERY } from "./project-query";
import { PROJECT_COLUMNS, ProjectRow } from "./project-row";
import { ProjectSettingsDialog } from "./project-settings-dialog";
import { useUpdateProject } from "./use-update-project";

const listKeys = { queryKey: listProjectsOptions(PROJECT_LIST_QUERY).queryKey };

export function ProjectList({ projectPath }: { projectPath: (projectId: string) => string }) {
  const queryClient = useQueryClient();
  const { data: page } = useSuspenseQuery(listProjectsOptions(PROJECT_LIST_QUERY));
  const [deleting, setDeleting] = useState<ProjectRead>();
  const [editing, setEditing] = useState<ProjectRead>();

  const update = useUpdateProject();
  const remove = useOptimisticMutation({
    mutation: deleteProjectMutation(),
    patches: ({ path }) => [patch<ProjectPage>(listKeys, (cached) => removeItem(cached, path.project_id))],
    doing: () => "delete the project",
    onSuccess: (_data, { path }) => queryClient.removeQueries({ queryKey: getProjectQueryKey({ path }) }),
  });

  return (
    <>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div
          aria-hidden
          className={`${PROJECT_COLUMNS} sticky top-0 z-20 h-8 border-b bg-background font-medium text-faint text-meta max-md:hidden`}
        >
          <span>Name</span>
          <span className="text-right">Scenes</span>
          <span className="text-right">Shots</span>
          <span className="text-right">Ready</span>
          <span className="text-right">Ingredients</span>
          <span>Format</span>
          <span>Changed</span>
        </div>
        <ul aria-label="Projects">
          {page.items.map((project) => (
            <ProjectRow
              key={project.id}
              project={project}
              to={projectPath(project.id)}
              onRename={(name) => update(project, { name })}
              onSettings={() => setEditing(project)}
              onDelete={() => setDeleting(project)}
            />
          ))}
        </ul>
        {page.total > page.items.length && (
          <p className="p-3 text-faint">
            The {page.items.length} last changed of {page.total} projects.
          </p>
        )}
      </div>
      <ProjectSettingsDialog project={editing} onClose={() => setEditing(undefined)} onSave={update} />
      <DeleteProjectDialog
        project={deleting}
        onClose={() => setDeleting(undefined)}
        onDelete={(project) => remove.mutate({ path: { project_id: project.id } })}
      />
    </>
  );
}
