/** What can be done to shots on the lined page: mark one over lines, cover other lines. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { toast } from "sonner";
import { coverElementsMutation, createShotMutation } from "@/client/@tanstack/react-query.gen";
import type { ShotEdited } from "@/client/types.gen";
import { tagged } from "@/lib/query";
import { toastProblem } from "@/lib/toast";
import type { Cover } from "./lined-edge";

/** `4B, 4C cover less now. 4D had nothing left and is in the archive.` */
function effectsOf({ changed_shots, archived_shots }: ShotEdited): string | undefined {
  const words = (shots: { number: string }[], does: string) =>
    shots.length > 0 ? `${shots.map(({ number }) => number).join(", ")} ${does}` : null;
  const parts = [
    words(changed_shots, changed_shots.length === 1 ? "covers less now." : "cover less now."),
    words(archived_shots, "had nothing left and went to the archive."),
  ];
  return parts.filter(Boolean).join(" ") || undefined;
}

export function useLinedActions(projectId: string) {
  const queryClient = useQueryClient();
  const settled = () => queryClient.invalidateQueries(tagged(["shots", "scenes", "projects"], projectId));
  const create = useMutation({
    ...createShotMutation(),
    onSuccess: (shot) => toast(`Marked shot ${shot.number}`, { description: effectsOf(shot) }),
    onError: (error) => toastProblem(error, "Could not mark the shot."),
    onSettled: settled,
  });
  const cover = useMutation({
    ...coverElementsMutation(),
    onSuccess: (shot) => toast(`Shot ${shot.number} covers other lines`, { description: effectsOf(shot) }),
    onError: (error) => toastProblem(error, "Could not change what the shot covers."),
    onSettled: settled,
  });
  return {
    isPending: create.isPending || cover.isPending,
    /** The new shot, or undefined when the server refused it (it has been said then). */
    mark: (sceneId: string, elementIds: string[]) =>
      create
        .mutateAsync({ path: { scene_id: sceneId }, body: { element_ids: elementIds } })
        .catch(() => undefined),
    cover: ({ shot, elementIds, leavesUncovered }: Cover) =>
      cover.mutate({
        path: { shot_id: shot.id },
        body: { element_ids: elementIds, leave_uncovered: leavesUncovered },
      }),
  };
}
