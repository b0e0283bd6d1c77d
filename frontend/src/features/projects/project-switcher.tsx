/** The project's name in the top bar, and the way to another. */
import { useQuery } from "@tanstack/react-query";
import { ChevronsUpDown, FolderOpen, Settings2 } from "lucide-react";
import { useState } from "react";
import { useNavigate } from "react-router";
import { listProjectsOptions } from "@/client/@tanstack/react-query.gen";
import type { ProjectRead } from "@/client/types.gen";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuLabel,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { ProjectSettingsDialog } from "./project-settings-dialog";
import { useUpdateProject } from "./use-update-project";

const SHOWN = 8;

interface ProjectSwitcherProps {
  project: ProjectRead;
  allProjectsPath: string;
  projectPath: (projectId: string) => string;
}

export function ProjectSwitcher({ project, allProjectsPath, projectPath }: ProjectSwitcherProps) {
  const navigate = useNavigate();
  const [isEditing, setIsEditing] = useState(false);
  const update = useUpdateProject();
  const { data } = useQuery(listProjectsOptions({ query: { limit: SHOWN + 1 } }));
  const others = (data?.items ?? []).filter((one) => one.id !== project.id).slice(0, SHOWN);

  return (
    <DropdownMenu>
      <DropdownMenuTrigger asChild>
        <Button variant="ghost" className="min-w-0 shrink px-2 font-semibold text-title">
          <span className="truncate">{project.name}</span>
          <ChevronsUpDown className="text-faint" />
        </Button>
      </DropdownMenuTrigger>
      <DropdownMenuContent align="start" className="max-w-80">
        {others.length > 0 && <DropdownMenuLabel>Other projects</DropdownMenuLabel>}
        {others.map((one) => (
          <DropdownMenuItem key={one.id} onSelect={() => navigate(projectPath(one.id))}>
            <span className="truncate">{one.name}</span>
          </DropdownMenuItem>
        ))}
        {others.length > 0 && <DropdownMenuSeparator />}
        <DropdownMenuItem onSelect={() => navigate(allProjectsPath)}>
          <FolderOpen /> All projects
        </DropdownMenuItem>
        <DropdownMenuItem onSelect={() => setIsEditing(true)}>
          <Settings2 /> Project settings…
        </DropdownMenuItem>
      </DropdownMenuContent>
      <ProjectSettingsDialog
        project={isEditing ? project : undefined}
        onClose={() => setIsEditing(false)}
        onSave={update}
      />
    </DropdownMenu>
  );
}
