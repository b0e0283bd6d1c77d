/** Asks before a scene goes with its shots: this cannot be undone. */
import type { SceneRead } from "@/client/types.gen";
import {
  AlertDialog,
  AlertDialogAction,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogTitle,
} from "@/components/ui/alert-dialog";
import { plural } from "@/lib/format";

interface DeleteSceneDialogProps {
  scene: SceneRead;
  shotCount: number;
  open: boolean;
  onOpenChange: (open: boolean) => void;
  onDelete: () => void;
}

export function DeleteSceneDialog({
  scene,
  shotCount,
  open,
  onOpenChange,
  onDelete,
}: DeleteSceneDialogProps) {
  return (
    <AlertDialog open={open} onOpenChange={onOpenChange}>
      <AlertDialogContent>
        <AlertDialogTitle className="wrap-anywhere">
          Delete scene {scene.number}, {scene.slugline}?
        </AlertDialogTitle>
        <AlertDialogDescription>
          {shotCount === 0
            ? "It has no shots."
            : `Deleted with it: ${plural(shotCount, "shot")}, with all documents.`}{" "}
          This cannot be undone. The ingredients stay in the library.
        </AlertDialogDescription>
        <div className="flex flex-row-reverse gap-2">
          <AlertDialogAction onClick={onDelete}>Delete the scene</AlertDialogAction>
          <AlertDialogCancel>Keep it</AlertDialogCancel>
        </div>
      </AlertDialogContent>
    </AlertDialog>
  );
}
