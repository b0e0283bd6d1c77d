/** The keys of the shots screen. */
import type { ShotRead } from "@/client/types.gen";
import { useShortcut } from "@/lib/shortcuts";
import { copyJson } from "./copy-json";
import { copyPrompt } from "./copy-prompt";
import { CELLS, pickFor, startEditing, useShotsStore } from "./shots-store";
import { empty, SLOT_INDEXES } from "./slots";
import { useNewShot } from "./use-new-shot";
import { pickedOf, unpickAll, useSelectionStore } from "./use-selection";
import { useWorkspace } from "./workspace-context";

interface ShotsShortcutsProps {
  /** The shots as they stand on screen, filtered. */
  order: ShotRead[];
  selected: ShotRead | undefined;
  onFilter: () => void;
  onGenerate: (shot: ShotRead) => void;
}

const group = "Shots";

export function ShotsShortcuts({ order, selected, onFilter, onGenerate }: ShotsShortcutsProps) {
  const { scenes, groups, shotActions, deleteShots, undoLastDelete, select } = useWorkspace();
  const isBusy = useShotsStore((state) => state.isDragging || state.isCreating);
  const addShot = useNewShot();
  const at = selected ? order.findIndex((shot) => shot.id === selected.id) : -1;
  const can = !isBusy;
  const has = can && selected !== undefined;

  const go = (index: number) => {
    const shot = order[Math.max(0, Math.min(order.length - 1, index))];
    if (shot) select(shot.id);
  };
  const goScene = (step: number) => {
    const here = scenes.findIndex((scene) => scene.id === selected?.scene_id);
    for (let next = here + step; next >= 0 && next < scenes.length; next += step) {
      const first = order.find((shot) => shot.scene_id === scenes[next]?.id);
      if (first) return select(first.id);
    }
  };
  const moveBy = (step: number) => {
    if (!selected) return;
    const siblings = groups.get(selected.scene_id) ?? [];
    const place = siblings.findIndex((shot) => shot.id === selected.id) + 1 + step;
    if (place >= 1 && place <= siblings.length)
      return shotActions.move(selected.id, selected.scene_id, place);
    const scene = scenes[scenes.findIndex((one) => one.id === selected.scene_id) + step];
    if (scene)
      shotActions.move(selected.id, scene.id, step > 0 ? 1 : (groups.get(scene.id)?.length ?? 0) + 1);
  };
  const cellBy = (step: number) =>
    useShotsStore.setState(({ cell }) => ({ cell: CELLS[CELLS.indexOf(cell) + step] ?? cell }));
  const remove = () => {
    const { picked } = useSelectionStore.getState();
    const shots = picked.size > 0 ? pickedOf(picked, order) : selected ? [selected] : [];
    const ids = new Set(shots.map(({ id }) => id));
    const isLeft = (shot: ShotRead) => !ids.has(shot.id);
    const next =
      order.slice(Math.max(0, at)).find(isLeft) ?? order.slice(0, Math.max(0, at)).findLast(isLeft);
    unpickAll();
    if (selected && ids.has(selected.id)) select(next?.id ?? null);
    void deleteShots(shots);
  };

  useShortcut({ keys: "j, down", label: "Next shot", group }, () => go(at + 1), can);
  useShortcut({ keys: "k, up", label: "Previous shot", group }, () => go(at < 0 ? 0 : at - 1), can);
  useShortcut({ keys: "ctrl+down", label: "Next scene", group }, () => goScene(1), can);
  useShortcut({ keys: "ctrl+up", label: "Previous scene", group }, () => goScene(-1), can);
  useShortcut({ keys: "left", label: "Cell to the left", group }, () => cellBy(-1), has);
  useShortcut({ keys: "right", label: "Cell to the right", group }, () => cellBy(1), has);
  useShortcut(
    { keys: "enter", label: "Edit the cell (Esc takes back, ⌘Enter saves)", group },
    () => selected && startEditing(selected.id, useShotsStore.getState().cell),
    has,
  );
  useShortcut(
    { keys: "n", label: "New shot after it", group },
    () => selected && void addShot(selected.scene_id, selected.sequence_number + 1),
    has,
  );
  useShortcut(
    { keys: "shift+n", label: "New shot before it", group },
    () => selected && void addShot(selected.scene_id, selected.sequence_number),
    has,
  );
  useShortcut(
    { keys: "d", label: "Duplicate", group },
    () => selected && void addShot(selected.scene_id, selected.sequence_number + 1, selected),
    has,
  );
  useShortcut({ keys: "alt+down", label: "Move down, into the next scene too", group }, () => moveBy(1), has);
  useShortcut({ keys: "alt+up", label: "Move up", group }, () => moveBy(-1), has);
  useShortcut({ keys: "backspace, delete", label: "Delete (Z brings back)", group }, remove, can);
  useShortcut({ keys: "z", label: "Undo the last deletion", group }, undoLastDelete, can);
  useShortcut(
    { keys: "f", label: "Generate the Flow document", group },
    () => selected && onGenerate(selected),
    has,
  );
  useShortcut({ keys: "c", label: "Copy the JSON", group }, () => selected && void copyJson(selected), has);
  useShortcut(
    { keys: "shift+c", label: "Copy the prompt for Flow", group },
    () => selected && void copyPrompt(selected),
    has,
  );
  useShortcut({ keys: "/", label: "Filter", group }, onFilter, can);
  useShortcut(
    { keys: "escape", label: "Let go of what is picked, close the inspector", group },
    () => (useSelectionStore.getState().picked.size > 0 ? unpickAll() : select(null)),
    can,
  );
  return (
    <>
      {SLOT_INDEXES.map((index) => (
        <SlotShortcuts
          key={index}
          index={index}
          isEnabled={has}
          onPick={() => selected && pickFor(selected.id, index)}
          onEmpty={() =>
            selected?.assigned_ingredients[index] &&
            shotActions.update(selected.id, {
              assigned_ingredients: empty(selected.assigned_ingredients, index),
            })
          }
        />
      ))}
    </>
  );
}

interface SlotShortcutsProps {
  index: number;
  isEnabled: boolean;
  onPick: () => void;
  onEmpty: () => void;
}

function SlotShortcuts({ index, isEnabled, onPick, onEmpty }: SlotShortcutsProps) {
  const slot = index + 1;
  useShortcut({ keys: `${slot}`, label: `Choose for slot ${slot}`, group: "Slots" }, onPick, isEnabled);
  useShortcut({ keys: `shift+${slot}`, label: `Empty slot ${slot}`, group: "Slots" }, onEmpty, isEnabled);
  return null;
}
