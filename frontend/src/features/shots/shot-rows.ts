/** The table as a flat list: a header for each scene, then its shots; filtered. */
import type { SceneRead, ShotRead } from "@/client/types.gen";
import { type ShotState, stateOf } from "./shot-state";

export interface ShotFilter {
  sceneId: string | null;
  state: ShotState | null;
  text: string;
}

export type TableRow =
  | { kind: "scene"; scene: SceneRead; shots: ShotRead[]; isCollapsed: boolean }
  | { kind: "shot"; shot: ShotRead }
  | { kind: "empty"; scene: SceneRead };

export const NO_FILTER: ShotFilter = { sceneId: null, state: null, text: "" };

export const isFiltering = ({ sceneId, state, text }: ShotFilter) =>
  sceneId !== null || state !== null || text.trim() !== "";

/** Every scene with its shots in order. Shots of a scene that is not known yet are left out. */
export function shotsByScene(scenes: SceneRead[], shots: ShotRead[]): Map<string, ShotRead[]> {
  const groups = new Map<string, ShotRead[]>(scenes.map((scene) => [scene.id, []]));
  for (const shot of shots) groups.get(shot.scene_id)?.push(shot);
  for (const group of groups.values()) group.sort((a, b) => a.sequence_number - b.sequence_number);
  return groups;
}

function matches(shot: ShotRead, { state, text }: ShotFilter, assetNames: (id: string) => string): boolean {
  if (state !== null && stateOf(shot) !== state) return false;
  const words = text.trim().toLowerCase();
  if (words === "") return true;
  const names = shot.assigned_ingredients.map((id) => (id ? assetNames(id) : ""));
  return [shot.number, shot.description, ...shot.characters, ...names]
    .join("\n")
    .toLowerCase()
    .includes(words);
}

export function tableRows(
  scenes: SceneRead[],
  groups: Map<string, ShotRead[]>,
  filter: ShotFilter,
  collapsed: ReadonlySet<string>,
  assetName: (id: string) => string,
): TableRow[] {
  const filters = isFiltering(filter);
  const narrows = filter.state !== null || filter.text.trim() !== "";
  const rows: TableRow[] = [];
  for (const scene of scenes) {
    if (filter.sceneId !== null && scene.id !== filter.sceneId) continue;
    const all = groups.get(scene.id) ?? [];
    const shots = narrows ? all.filter((shot) => matches(shot, filter, assetName)) : all;
    if (narrows && shots.length === 0) continue;
    const isCollapsed = !filters && collapsed.has(scene.id);
    rows.push({ kind: "scene", scene, shots: all, isCollapsed });
    if (isCollapsed) continue;
    if (shots.length === 0) rows.push({ kind: "empty", scene });
    for (const shot of shots) rows.push({ kind: "shot", shot });
  }
  return rows;
}
