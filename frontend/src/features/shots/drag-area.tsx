/** The area in which ingredients go into slots and shots change places, by mouse, finger or keyboard. */
import {
  type Active,
  type Announcements,
  DndContext,
  type DragEndEvent,
  type DragStartEvent,
  KeyboardSensor,
  MouseSensor,
  type Over,
  TouchSensor,
  useSensor,
  useSensors,
} from "@dnd-kit/core";
import { type ReactNode, useMemo } from "react";
import { toast } from "sonner";
import type { ShotRead } from "@/client/types.gen";
import { type Dragged, type DropTarget, shotDrop, slotDrop } from "./drag-data";
import { dropCollision, nextTarget } from "./drag-geometry";
import { DragGhost } from "./drag-ghost";
import { useShotsStore } from "./shots-store";
import { useWorkspace } from "./workspace-context";

/** Space picks up and puts down; Enter stays the button's own. */
const KEYS = { start: ["Space"], cancel: ["Escape"], end: ["Space", "Enter"] };

/** Only the table scrolls at its edges; the strip one drags from stands still. */
const AUTO_SCROLL = {
  canScroll: (element: Element) => element.hasAttribute("data-drag-scrolls"),
  threshold: { x: 0, y: 0.08 },
};

const draggedOf = (active: Active) => active.data.current as Dragged;
const targetOf = (over: Over | null) => over?.data.current as DropTarget | undefined;

export function DragArea({ children }: { children: ReactNode }) {
  const { groups, shotActions, byId } = useWorkspace();
  const order = useMemo(() => [...groups.values()].flat(), [groups]);
  const sensors = useSensors(
    useSensor(MouseSensor, { activationConstraint: { distance: 4 } }),
    useSensor(TouchSensor, { activationConstraint: { delay: 220, tolerance: 8 } }),
    useSensor(KeyboardSensor, { keyboardCodes: KEYS, coordinateGetter: nextTarget }),
  );
  const find = (id: string) => order.find((shot) => shot.id === id);
  const nameOf = (dragged: Dragged) =>
    dragged.type === "shot"
      ? `shot ${find(dragged.shotId)?.number ?? ""}`
      : (byId.get(dragged.assetId)?.name ?? "the ingredient");
  const placeOf = (target: DropTarget | undefined) => {
    if (!target) return "nothing";
    if (target.type === "scene") return "the scene";
    const number = find(target.shotId)?.number ?? "";
    return target.type === "slot" ? `slot ${target.index + 1} of shot ${number}` : `shot ${number}`;
  };

  const onDragStart = (_: DragStartEvent) => useShotsStore.setState({ isDragging: true });
  const stop = () => useShotsStore.setState({ isDragging: false });

  const onDragEnd = ({ active, over }: DragEndEvent) => {
    stop();
    const dragged = draggedOf(active);
    const target = targetOf(over);
    if (!target) return;
    if (dragged.type === "shot") dropShot(dragged.shotId, target);
    else if (target.type === "slot") dropOnSlot(dragged, target);
  };

  const dropShot = (shotId: string, target: DropTarget) => {
    if (target.type === "row") {
      const landing = shotDrop(order, shotId, target.shotId);
      if (landing) shotActions.move(shotId, landing.sceneId, landing.position);
    } else if (target.type === "scene" && find(shotId)) {
      shotActions.move(shotId, target.sceneId, 1);
    }
  };

  const dropOnSlot = (
    dragged: Exclude<Dragged, { type: "shot" }>,
    target: Extract<DropTarget, { type: "slot" }>,
  ) => {
    const shot = find(target.shotId);
    const source = dragged.type === "slot" ? find(dragged.shotId) : undefined;
    if (!shot) return;
    const drop = slotDrop(dragged, shot, target.index, source);
    if (drop.kind === "change") {
      for (const { shotId, slots } of drop.changes)
        shotActions.update(shotId, { assigned_ingredients: slots });
    } else if (drop.reason) {
      toast(`${nameOf(dragged)}: ${drop.reason}`, {
        id: "refused",
        description: `Shot ${shot.number} is unchanged.`,
      });
    }
  };

  const announcements: Announcements = {
    onDragStart: ({ active }) => `Picked up ${nameOf(draggedOf(active))}.`,
    onDragOver: ({ over }) => `Over ${placeOf(targetOf(over))}.`,
    onDragEnd: ({ active, over }) =>
      over
        ? `${nameOf(draggedOf(active))} dropped on ${placeOf(targetOf(over))}.`
        : `${nameOf(draggedOf(active))} put back.`,
    onDragCancel: ({ active }) => `${nameOf(draggedOf(active))} put back.`,
  };

  return (
    <DndContext
      sensors={sensors}
      collisionDetection={dropCollision}
      autoScroll={AUTO_SCROLL}
      onDragStart={onDragStart}
      onDragEnd={onDragEnd}
      onDragCancel={stop}
      accessibility={{
        announcements,
        screenReaderInstructions: {
          draggable:
            "Press Space to pick it up, the arrow keys to choose a place, Space to drop, Escape to put it back.",
        },
      }}
    >
      {children}
      <DragGhost find={find} />
    </DndContext>
  );
}

/** The verdict on dropping what is dragged now on a slot of this shot. */
export function verdictFor(
  active: Active | null,
  shot: ShotRead,
  index: 0 | 1 | 2,
): "accepts" | { refused: string } | null {
  const dragged = active?.data.current as Dragged | undefined;
  if (!dragged || dragged.type === "shot") return null;
  const drop = slotDrop(dragged, shot, index, undefined);
  if (drop.kind === "change") return "accepts";
  return drop.reason ? { refused: drop.reason } : null;
}
