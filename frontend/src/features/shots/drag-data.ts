/** What can be dragged on the shots screen, where it can be dropped, and what a drop would do. */
import type { ShotRead } from "@/client/types.gen";
import { empty, fill, type SlotIndex, type Slots, swap } from "./slots";

export type Dragged =
  | { type: "ingredient"; assetId: string }
  | { type: "slot"; assetId: string; shotId: string; index: SlotIndex }
  | { type: "shot"; shotId: string };

export type DropTarget =
  | { type: "slot"; shotId: string; index: SlotIndex; place: "row" | "inspector" }
  | { type: "row"; shotId: string }
  | { type: "scene"; sceneId: string };

export type SlotDrop =
  | { kind: "refused"; reason: string }
  | { kind: "change"; changes: { shotId: string; slots: Slots }[] };

/** What dropping an ingredient, or the content of a slot, on a slot would do. */
export function slotDrop(
  dragged: Exclude<Dragged, { type: "shot" }>,
  target: ShotRead,
  index: SlotIndex,
  source: ShotRead | undefined,
): SlotDrop {
  const slots = target.assigned_ingredients;
  if (dragged.type === "slot" && dragged.shotId === target.id) {
    if (dragged.index === index) return { kind: "refused", reason: "" };
    return { kind: "change", changes: [{ shotId: target.id, slots: swap(slots, dragged.index, index) }] };
  }
  const verdict = fill(slots, index, dragged.assetId);
  if ("refused" in verdict) return { kind: "refused", reason: verdict.refused };
  const changes = [{ shotId: target.id, slots: verdict.slots }];
  // Out of one shot into another: it moves, as everything one drags does.
  if (dragged.type === "slot" && source) {
    changes.push({ shotId: source.id, slots: empty(source.assigned_ingredients, dragged.index) });
  }
  return { kind: "change", changes };
}

/** Where a dragged shot lands when it is dropped on another: after it on the way down, before it on the way up. */
export function shotDrop(
  order: ShotRead[],
  shotId: string,
  overId: string,
): { sceneId: string; position: number; edge: "before" | "after" } | null {
  const from = order.findIndex((shot) => shot.id === shotId);
  const to = order.findIndex((shot) => shot.id === overId);
  const dragged = order[from];
  const over = order[to];
  if (!dragged || !over || from === to) return null;
  const edge = from < to ? "after" : "before";
  const siblings = order.filter((shot) => shot.scene_id === over.scene_id && shot.id !== shotId);
  const at = siblings.findIndex((shot) => shot.id === overId);
  return { sceneId: over.scene_id, position: at + (edge === "after" ? 2 : 1), edge };
}
