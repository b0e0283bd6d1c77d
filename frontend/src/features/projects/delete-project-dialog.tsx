/** Asks before a project goes for good, naming what goes with it. */
import type { ProjectRead } from "@/client/types.gen";
import {
  AlertDialog,
  AlertDialogAction,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogTitle,
} from "@/components/ui/alert-dialog";
import { plural } from "@/lib/format";

interface DeleteProjectDialogProps {
  project: ProjectRead | undefined;
  onClose: () => void;
  onDelete: (project: ProjectRead) => void;
}

export function DeleteProjectDialog({ project, onClose, onDelete }: DeleteProjectDialogProps) {
  if (!project) return null;
  const parts = [
    project.scene_count > 0 && plural(project.scene_count, "scene"),
    project.shot_count > 0 && plural(project.shot_count, "shot"),
    project.ingredient_count > 0 && `${plural(project.ingredient_count, "ingredient")} with their pictures`,
  ].filter((part) => part !== false);
  const loss = parts.length > 0 ? `Its ${joined(parts)} go with it.` : "It is empty.";

  return (
    <AlertDialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <AlertDialogContent>
        <AlertDialogTitle>Delete “{project.name}”?</AlertDialogTitle>
        <AlertDialogDescription>{loss} This cannot be undone.</AlertDialogDescription>
        <div className="flex flex-row-reverse flex-wrap gap-2">
          <AlertDialogAction onClick={() => onDelete(project)}>Delete project</AlertDialogAction>
          <AlertDialogCancel>Keep it</AlertDialogCancel>
        </div>
      </AlertDialogContent>
    </AlertDialog>
  );
}

function joined(parts: string[]): string {
  return parts.length < 2 ? (parts[0] ?? "") : `${parts.slice(0, -1).join(", ")} and ${parts.at(-1)}`;
}
