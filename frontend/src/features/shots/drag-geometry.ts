/** Which target a drag is over, and which one an arrow key leads to. */
import {
  type CollisionDetection,
  closestCenter,
  type DroppableContainer,
  type KeyboardCoordinateGetter,
  pointerWithin,
} from "@dnd-kit/core";
import type { Dragged, DropTarget } from "./drag-data";

const targetOf = (container: DroppableContainer) => container.data.current as DropTarget | undefined;

/** Shots go to rows and scenes; ingredients go to slots. */
function fits(dragged: Dragged | undefined, target: DropTarget | undefined): boolean {
  if (!dragged || !target) return false;
  return dragged.type === "shot" ? target.type !== "slot" : target.type === "slot";
}

export const dropCollision: CollisionDetection = (args) => {
  const dragged = args.active.data.current as Dragged | undefined;
  const droppableContainers = args.droppableContainers.filter((one) => fits(dragged, targetOf(one)));
  // Without a pointer it is a keyboard drag: the ghost sits on the target.
  return args.pointerCoordinates
    ? pointerWithin({ ...args, droppableContainers })
    : closestCenter({ ...args, droppableContainers });
};

const FORWARD = ["ArrowDown", "ArrowRight"];
const BACK = ["ArrowUp", "ArrowLeft"];

/** The centre of the next target in reading order; ingredients go round the inspector's three slots. */
export const nextTarget: KeyboardCoordinateGetter = (event, { context }) => {
  const step = FORWARD.includes(event.code) ? 1 : BACK.includes(event.code) ? -1 : 0;
  if (step === 0) return undefined;
  event.preventDefault();
  const { active, collisionRect, droppableContainers, droppableRects, over } = context;
  const dragged = active?.data.current as Dragged | undefined;
  const candidates = droppableContainers
    .getEnabled()
    .filter((one) => {
      const target = targetOf(one);
      return fits(dragged, target) && (target?.type !== "slot" || target.place === "inspector");
    })
    .flatMap((one) => {
      const rect = droppableRects.get(one.id);
      return rect ? [{ id: one.id, rect }] : [];
    })
    .sort((a, b) => a.rect.top - b.rect.top || a.rect.left - b.rect.left);
  if (candidates.length === 0 || !collisionRect) return undefined;
  const at = candidates.findIndex((one) => one.id === over?.id);
  const next =
    at < 0 ? (step > 0 ? 0 : candidates.length - 1) : (at + step + candidates.length) % candidates.length;
  const rect = candidates[next]?.rect;
  if (!rect) return undefined;
  return {
    x: rect.left + rect.width / 2 - collisionRect.width / 2,
    y: rect.top + rect.height / 2 - collisionRect.height / 2,
  };
};
