/** Everything that changes scenes. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import {
  createSceneMutation,
  deleteSceneMutation,
  listScenesQueryKey,
  renumberScenesMutation,
  reorderScenesMutation,
  updateSceneMutation,
} from "@/client/@tanstack/react-query.gen";
import type { ScenePage, SceneRenumber } from "@/client/types.gen";
import { plural } from "@/lib/format";
import { patch, removeItem, replaceItem, useOptimisticMutation } from "@/lib/optimistic";
import { tagged } from "@/lib/query";
import { toastProblem, toastUndo } from "@/lib/toast";

export function useSceneActions(projectId: string) {
  const queryClient = useQueryClient();
  const path = { project_id: projectId };
  const key = { queryKey: listScenesQueryKey({ path }) };
  const invalidates = [tagged(["shots", "projects"], projectId)];

  const rename = useOptimisticMutation({
    mutation: updateSceneMutation(),
    patches: ({ path, body }) => [
      patch<ScenePage>(key, (page) =>
        replaceItem(page, path.scene_id, {
          ...(body.slugline && { slugline: body.slugline }),
          ...(body.number && { number: body.number }),
        }),
      ),
    ],
    doing: ({ body }) =>
      body.number ? `give the scene the number ${body.number}` : `rename the scene to “${body.slugline}”`,
    invalidates,
  });
  const remove = useOptimisticMutation({
    mutation: deleteSceneMutation(),
    patches: ({ path }) => [patch<ScenePage>(key, (page) => removeItem(page, path.scene_id))],
    doing: () => "delete the scene",
    invalidates,
  });
  const reorder = useOptimisticMutation({
    mutation: reorderScenesMutation(),
    patches: ({ body }) => [
      patch<ScenePage>(key, (page) => {
        const place = new Map(body.scene_ids.map((id, index) => [id, index + 1]));
        const items = page.items.map((scene) => ({ ...scene, sequence_number: place.get(scene.id) ?? 0 }));
        return { ...page, items: items.sort((a, b) => a.sequence_number - b.sequence_number) };
      }),
    ],
    doing: () => "move the scene",
    invalidates,
  });
  const create = useMutation({
    ...createSceneMutation(),
    onError: (error) => toastProblem(error, "Could not add a scene."),
    onSettled: () => queryClient.invalidateQueries(tagged(["scenes", "shots", "projects"], projectId)),
  });

  const numberAll = useMutation({
    ...renumberScenesMutation(),
    onSettled: () => queryClient.invalidateQueries(tagged(["scenes", "shots"], projectId)),
  });

  const { mutate: mutateRename } = rename;
  const { mutate: mutateRemove } = remove;
  const { mutate: mutateReorder } = reorder;
  const { mutateAsync: mutateCreate } = create;
  const { mutateAsync: mutateNumberAll } = numberAll;
  return useMemo(() => {
    const number = (body: SceneRenumber) => mutateNumberAll({ path: { project_id: projectId }, body });
    return {
      /** Numbers all scenes from `start` on; the toast takes it back. */
      numberAnew: (start: number) =>
        number({ start }).then(
          ({ before, total }) =>
            toastUndo(`Numbered ${plural(total, "scene")} anew`, () => {
              number({ numbers: before }).catch((error) =>
                toastProblem(error, "Could not give the old numbers back."),
              );
            }),
          (error) => toastProblem(error, "Could not number the scenes anew."),
        ),
      renumber: (sceneId: string, number: string) =>
        mutateRename({ path: { scene_id: sceneId }, body: { number } }),
      rename: (sceneId: string, slugline: string) =>
        mutateRename({ path: { scene_id: sceneId }, body: { slugline } }),
      remove: (sceneId: string) => mutateRemove({ path: { scene_id: sceneId } }),
      reorder: (sceneIds: string[]) =>
        mutateReorder({ path: { project_id: projectId }, body: { scene_ids: sceneIds } }),
      create: (slugline: string, position?: number) =>
        mutateCreate({ path: { project_id: projectId }, body: { slugline, position } }).catch(
          () => undefined,
        ),
    };
  }, [mutateRename, mutateRemove, mutateReorder, mutateCreate, mutateNumberAll, projectId]);
}

export type SceneActions = ReturnType<typeof useSceneActions>;
