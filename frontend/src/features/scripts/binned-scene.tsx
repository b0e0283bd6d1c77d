/** One scene in the bin: what is in it, bringing it back, and deleting it for good after a question. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { deleteSceneMutation, restoreSceneMutation } from "@/client/@tanstack/react-query.gen";
import type { BinnedScene as Scene } from "@/client/types.gen";
import {
  AlertDialog,
  AlertDialogAction,
  AlertDialogCancel,
  AlertDialogContent,
  AlertDialogDescription,
  AlertDialogTitle,
  AlertDialogTrigger,
} from "@/components/ui/alert-dialog";
import { Button } from "@/components/ui/button";
import { formatWhen, parseTime, plural } from "@/lib/format";
import { tagged } from "@/lib/query";
import { toastProblem } from "@/lib/toast";

export function BinnedScene({ projectId, scene }: { projectId: string; scene: Scene }) {
  const queryClient = useQueryClient();
  const onSettled = () =>
    queryClient.invalidateQueries(tagged(["scenes", "shots", "scripts", "projects"], projectId));
  const restore = useMutation({
    ...restoreSceneMutation(),
    onSuccess: (back) => toast(`Scene ${back.number} is back, with its shots`),
    onError: (error) => toastProblem(error, "The scene could not be brought back."),
    onSettled,
  });
  const remove = useMutation({
    ...deleteSceneMutation(),
    onError: (error) => toastProblem(error, "The scene could not be deleted."),
    onSettled,
  });
  const path = { scene_id: scene.id };
  const isBusy = restore.isPending || remove.isPending;
  const name = `scene ${scene.number}, ${scene.slugline}`;

  return (
    <li className="flex flex-wrap items-center gap-2 border-t py-2">
      <div className="min-w-0 flex-1 basis-60">
        <p className="wrap-anywhere">
          <span className="tabular text-faint">{scene.number}</span> {scene.slugline}
        </p>
        <p className="wrap-anywhere text-faint text-meta">
          {[
            plural(scene.shot_count, "shot"),
            scene.ready_count > 0 && `${scene.ready_count} with a document`,
            scene.after_slugline && `stood behind ${scene.after_slugline}`,
            formatWhen(parseTime(scene.binned_at)),
          ]
            .filter(Boolean)
            .join(" · ")}
        </p>
      </div>
      <Button
        variant="outline"
        disabled={isBusy}
        aria-label={`Restore ${name}`}
        onClick={() => restore.mutate({ path })}
      >
        Restore
      </Button>
      <AlertDialog>
        <AlertDialogTrigger asChild>
          <Button variant="ghost" disabled={isBusy} aria-label={`Delete ${name} for good`}>
            Delete…
          </Button>
        </AlertDialogTrigger>
        <AlertDialogContent>
          <AlertDialogTitle className="wrap-anywhere">Delete {name} for good?</AlertDialogTitle>
          <AlertDialogDescription>
            {scene.shot_count === 0
              ? "It has no shots."
              : `Deleted with it: ${plural(scene.shot_count, "shot")}, with all documents.`}{" "}
            This cannot be undone.
          </AlertDialogDescription>
          <div className="flex flex-row-reverse gap-2">
            <AlertDialogAction onClick={() => remove.mutate({ path })}>Delete for good</AlertDialogAction>
            <AlertDialogCancel>Keep it in the bin</AlertDialogCancel>
          </div>
        </AlertDialogContent>
      </AlertDialog>
    </li>
  );
}
