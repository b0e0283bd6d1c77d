/** All shots of a project as one cached list, and how a change to it looks before the server has answered. */
import { queryOptions } from "@tanstack/react-query";
import { listProjectShotsQueryKey } from "@/client/@tanstack/react-query.gen";
import { listProjectShots } from "@/client/sdk.gen";
import type { SceneRead, ShotPage, ShotRead, ShotUpdate } from "@/client/types.gen";

const PAGE = 500;

/** Tagged `shots` like the pages it is made of, so events reach it. */
function allShotsKey(projectId: string) {
  const [key] = listProjectShotsQueryKey({ path: { project_id: projectId } });
  return [{ ...key, _id: "allProjectShots" }] as const;
}

export const projectShotsOptions = (projectId: string) =>
  queryOptions({
    queryKey: allShotsKey(projectId),
    queryFn: async ({ signal }): Promise<ShotPage> => {
      const read = async (offset: number) => {
        const { data } = await listProjectShots({
          path: { project_id: projectId },
          query: { limit: PAGE, offset },
          signal,
          throwOnError: true,
        });
        return data;
      };
      const first = await read(0);
      const offsets = [];
      for (let offset = PAGE; offset < first.total; offset += PAGE) offsets.push(offset);
      const rest = await Promise.all(offsets.map(read));
      const items = new Map<string, ShotRead>();
      // A shot that moved between two reads is on both pages.
      for (const page of [first, ...rest]) for (const shot of page.items) items.set(shot.id, shot);
      return { ...first, items: [...items.values()] };
    },
  });

/** The shot after an update, as the server will have it. */
export function withUpdate(shot: ShotRead, body: ShotUpdate): ShotRead {
  const { veo_json_payload: document, assigned_ingredients: slots, ...fields } = body;
  const next: ShotRead = { ...shot };
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined) Object.assign(next, { [name]: value });
  }
  if (slots) next.assigned_ingredients = [slots[0] ?? null, slots[1] ?? null, slots[2] ?? null];
  if (document !== undefined) {
    next.veo_json_payload = document;
    next.payload_source = document ? "human" : null;
    next.status = document ? "ready" : "draft";
    next.stale_causes = [];
  } else if (shot.veo_json_payload) {
    const causes = new Set(shot.stale_causes);
    if (slots) causes.add("slots");
    if (Object.keys(fields).length > 0) causes.add("shot");
    next.stale_causes = [...causes];
  }
  return next;
}

const LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ";

/** `12C`: the scene's number and a letter; I and O are left out. */
export function shotNumber(sceneNumber: string, sequence: number): string {
  const index = sequence - 1;
  const round = Math.floor(index / LETTERS.length);
  const first = round > 0 ? (LETTERS[round - 1] ?? "") : "";
  return `${sceneNumber}${first}${LETTERS[index % LETTERS.length]}`;
}

const inOrder = (shots: ShotRead[], sceneId: string) =>
  shots.filter((shot) => shot.scene_id === sceneId).sort((a, b) => a.sequence_number - b.sequence_number);

/** The list with the shots of these scenes numbered as given; shots of other scenes stay as they are. */
function renumbered(items: ShotRead[], orders: { scene: SceneRead; shots: ShotRead[] }[]): ShotRead[] {
  const changed = new Map<string, ShotRead>();
  for (const { scene, shots } of orders) {
    for (const [index, shot] of shots.entries()) {
      changed.set(shot.id, {
        ...shot,
        scene_id: scene.id,
        sequence_number: index + 1,
        number: shotNumber(scene.number, index + 1),
      });
    }
  }
  const kept = items.map((shot) => changed.get(shot.id) ?? shot);
  const known = new Set(items.map((shot) => shot.id));
  return [...kept, ...[...changed.values()].filter((shot) => !known.has(shot.id))];
}

/** The list after a shot went to a place (from 1) of a scene; both scenes stay without gaps. */
export function withMove(
  page: ShotPage,
  shot: ShotRead,
  from: SceneRead,
  to: SceneRead,
  position: number,
): ShotPage {
  const target = inOrder(page.items, to.id).filter((one) => one.id !== shot.id);
  target.splice(position - 1, 0, shot);
  const orders = [{ scene: to, shots: target }];
  if (from.id !== to.id) {
    orders.push({ scene: from, shots: inOrder(page.items, from.id).filter((one) => one.id !== shot.id) });
  }
  return { ...page, items: renumbered(page.items, orders) };
}

/** The list with a shot that the server has just made. */
export function withNew(page: ShotPage, shot: ShotRead, scene: SceneRead): ShotPage {
  const shots = inOrder(page.items, scene.id).filter((one) => one.id !== shot.id);
  shots.splice(shot.sequence_number - 1, 0, shot);
  return { ...page, total: page.total + 1, items: renumbered(page.items, [{ scene, shots }]) };
}
