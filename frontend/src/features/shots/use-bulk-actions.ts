/** One change to several shots at once, splitting and merging, and deletions that can be taken back. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import { toast } from "sonner";
import {
  deleteShotsMutation,
  mergeShotsMutation,
  restoreShotsMutation,
  splitShotMutation,
  updateShotsMutation,
} from "@/client/@tanstack/react-query.gen";
import type { BulkSet, ShotPage, ShotRead, SplitPoint } from "@/client/types.gen";
import { patch, useOptimisticMutation } from "@/lib/optimistic";
import { tagged } from "@/lib/query";
import { toastProblem } from "@/lib/toast";
import { projectShotsOptions, withUpdate } from "./project-shots";
import { shotCount } from "./shot-words";

/** A shot after the bulk change, as the server will have it. */
function withBulk(shot: ShotRead, { slot, ...fields }: BulkSet): ShotRead {
  if (!slot) return withUpdate(shot, fields);
  const slots: ShotRead["assigned_ingredients"] = [...shot.assigned_ingredients];
  slots[slot.number - 1] = slot.ingredient_id;
  return withUpdate(shot, { ...fields, assigned_ingredients: slots });
}

export function useBulkActions(projectId: string) {
  const queryClient = useQueryClient();
  const key = { queryKey: projectShotsOptions(projectId).queryKey };
  const settled = () => queryClient.invalidateQueries(tagged(["shots", "scenes", "projects"], projectId));

  const update = useOptimisticMutation({
    mutation: updateShotsMutation(),
    patches: ({ body }) => [
      patch<ShotPage>(key, (page) => {
        const ids = new Set(body.shot_ids);
        return {
          ...page,
          items: page.items.map((shot) => (ids.has(shot.id) ? withBulk(shot, body.set) : shot)),
        };
      }),
    ],
    doing: ({ body }) => `change ${shotCount(body.shot_ids.length)}. None was changed`,
    invalidates: [tagged("scenes", projectId)],
  });
  const remove = useMutation({
    ...deleteShotsMutation(),
    onError: (error) => toastProblem(error, "Could not delete the shots. They are still there."),
    onSettled: settled,
  });
  const restore = useMutation({
    ...restoreShotsMutation(),
    onError: (error) => toastProblem(error, "Could not bring the shots back."),
    onSettled: settled,
  });
  const split = useMutation({
    ...splitShotMutation(),
    onSuccess: ({ first, second }) => toast(`Split into ${first.number} and ${second.number}`),
    onError: (error) => toastProblem(error, "Could not split the shot."),
    onSettled: settled,
  });
  const merge = useMutation({
    ...mergeShotsMutation(),
    onSuccess: (shot) =>
      toast(`Merged into ${shot.number}`, {
        description: shot.stale_causes.length > 0 ? "Its document is stale now." : undefined,
      }),
    onError: (error) => toastProblem(error, "Could not merge the shots."),
    onSettled: settled,
  });

  const { mutate: mutateUpdate } = update;
  const { mutateAsync: mutateRemove } = remove;
  const { mutate: mutateRestore } = restore;
  const { mutateAsync: mutateSplit } = split;
  const { mutateAsync: mutateMerge } = merge;
  return useMemo(() => {
    const path = { project_id: projectId };
    const none = () => undefined;
    return {
      update: (shotIds: string[], set: BulkSet) => mutateUpdate({ path, body: { shot_ids: shotIds, set } }),
      /** Whether it was done; when not, it has been said. */
      remove: (shotIds: string[]) =>
        mutateRemove({ path, body: { shot_ids: shotIds } }).then(
          () => true,
          () => false,
        ),
      restore: (shotIds: string[]) => mutateRestore({ path, body: { shot_ids: shotIds } }),
      split: (shotId: string, { element_id, offset }: SplitPoint) =>
        mutateSplit({ path: { shot_id: shotId }, body: { element_id, offset } }).catch(none),
      merge: (shotId: string, neighbourId: string) =>
        mutateMerge({ path: { shot_id: shotId }, body: { with: neighbourId } }).catch(none),
    };
  }, [projectId, mutateUpdate, mutateRemove, mutateRestore, mutateSplit, mutateMerge]);
}

export type BulkActions = ReturnType<typeof useBulkActions>;
