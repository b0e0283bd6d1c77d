/** Everything that changes shots: painted at once where the outcome is known, taken back when it is refused. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useMemo } from "react";
import {
  createShotMutation,
  generateFlowMutation,
  listScenesQueryKey,
  moveShotMutation,
  updateShotMutation,
} from "@/client/@tanstack/react-query.gen";
import type { SceneRead, ShotPage, ShotRead, ShotUpdate } from "@/client/types.gen";
import { patch, useOptimisticMutation } from "@/lib/optimistic";
import { tagged } from "@/lib/query";
import { toastProblem } from "@/lib/toast";
import { projectShotsOptions, withMove, withNew, withUpdate } from "./project-shots";

export type Engine = "auto" | "rules" | "ollama";

const FIELD_WORDS: [keyof ShotUpdate, string][] = [
  ["description", "the action"],
  ["duration", "the seconds"],
  ["assigned_ingredients", "the slots"],
  ["size", "the shot size"],
  ["angle", "the angle"],
  ["movement", "the movement"],
];

function whatOf(body: ShotUpdate): string {
  return FIELD_WORDS.find(([name]) => name in body)?.[1] ?? "the change";
}

export function useShotActions(projectId: string) {
  const queryClient = useQueryClient();
  const filters = projectShotsOptions(projectId);
  const key = { queryKey: filters.queryKey };
  const scenes = tagged("scenes", projectId);
  const patchOne = (id: string, change: (shot: ShotRead) => ShotRead) =>
    patch<ShotPage>(key, (page) => ({
      ...page,
      items: page.items.map((shot) => (shot.id === id ? change(shot) : shot)),
    }));
  const numberOf = (id: string) =>
    queryClient.getQueryData(filters.queryKey)?.items.find((shot) => shot.id === id)?.number ?? "";
  const sceneOf = (id: string) =>
    queryClient
      .getQueryData<{ items: SceneRead[] }>(listScenesQueryKey({ path: { project_id: projectId } }))
      ?.items.find((scene) => scene.id === id);

  const update = useOptimisticMutation({
    mutation: updateShotMutation(),
    patches: ({ path, body }) => [patchOne(path.shot_id, (shot) => withUpdate(shot, body))],
    doing: ({ path, body }) => `save ${whatOf(body)} of shot ${numberOf(path.shot_id)}`,
    invalidates: [scenes],
  });
  const move = useOptimisticMutation({
    mutation: moveShotMutation(),
    patches: ({ path, body }) => [
      patch<ShotPage>(key, (page) => {
        const shot = page.items.find((one) => one.id === path.shot_id);
        const from = shot && sceneOf(shot.scene_id);
        const to = sceneOf(body.scene_id);
        return shot && from && to ? withMove(page, shot, from, to, body.position) : page;
      }),
    ],
    doing: ({ path }) => `move shot ${numberOf(path.shot_id)}`,
    invalidates: [scenes],
  });
  const generate = useOptimisticMutation({
    mutation: generateFlowMutation(),
    patches: ({ path }) => [
      patchOne(path.shot_id, (shot) => ({ ...shot, status: "generating_json", last_error: null })),
    ],
    doing: ({ path }) => `generate the document of shot ${numberOf(path.shot_id)}`,
    invalidates: [tagged("jobs", projectId)],
  });
  const create = useMutation({
    ...createShotMutation(),
    onSuccess: (shot, { path }) => {
      const scene = sceneOf(path.scene_id);
      if (scene) queryClient.setQueryData(filters.queryKey, (page) => page && withNew(page, shot, scene));
    },
    onError: (error) => toastProblem(error, "Could not add a shot."),
    onSettled: () => queryClient.invalidateQueries(tagged(["shots", "scenes", "projects"], projectId)),
  });

  const { mutate: mutateUpdate } = update;
  const { mutate: mutateMove } = move;
  const { mutate: mutateGenerate } = generate;
  const { mutateAsync: mutateCreate } = create;
  return useMemo(
    () => ({
      update: (shotId: string, body: ShotUpdate) => mutateUpdate({ path: { shot_id: shotId }, body }),
      move: (shotId: string, sceneId: string, position: number) =>
        mutateMove({ path: { shot_id: shotId }, body: { scene_id: sceneId, position } }),
      generate: (shotId: string, engine: Engine = "auto") =>
        mutateGenerate({ path: { shot_id: shotId }, query: { engine } }),
      /** The new shot, or undefined when the server refused it (it has been said then). */
      create: (sceneId: string, position: number, from?: ShotRead) =>
        mutateCreate({
          path: { scene_id: sceneId },
          body: from
            ? {
                position,
                description: from.description,
                duration: from.duration,
                assigned_ingredients: from.assigned_ingredients,
                size: from.size,
                angle: from.angle,
                movement: from.movement,
              }
            : { position, description: NEW_SHOT },
        }).catch(() => undefined),
    }),
    [mutateUpdate, mutateMove, mutateGenerate, mutateCreate],
  );
}

export type ShotActions = ReturnType<typeof useShotActions>;

/** What a new shot says until it is described. */
export const NEW_SHOT = "New shot";
