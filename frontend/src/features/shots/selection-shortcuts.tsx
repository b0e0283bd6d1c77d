/** The keys that pick several shots, split one and merge two. */
import type { ShotRead } from "@/client/types.gen";
import { useShortcut } from "@/lib/shortcuts";
import { useShotsStore } from "./shots-store";
import { pickTo, togglePicked } from "./use-selection";
import { useWorkspace } from "./workspace-context";

interface SelectionShortcutsProps {
  order: ShotRead[];
  selected: ShotRead | undefined;
}

const group = "Shots";

export function SelectionShortcuts({ order, selected }: SelectionShortcutsProps) {
  const { groups, bulk, select } = useWorkspace();
  const isBusy = useShotsStore((state) => state.isDragging || state.isCreating);
  const has = !isBusy && selected !== undefined;
  const extend = (step: number) => {
    const at = order.findIndex((shot) => shot.id === selected?.id);
    const next = order[at + step];
    if (!selected || !next) return;
    pickTo(order, selected.id, next.id);
    select(next.id);
  };
  const mergeWithNext = () => {
    if (!selected) return;
    const siblings = groups.get(selected.scene_id) ?? [];
    const next = siblings[siblings.findIndex((shot) => shot.id === selected.id) + 1];
    if (next) void bulk.merge(selected.id, next.id);
  };

  useShortcut(
    { keys: "x", label: "Pick it, or let it go", group },
    () => selected && togglePicked(selected.id),
    has,
  );
  useShortcut({ keys: "shift+down", label: "Pick the next one too", group }, () => extend(1), has);
  useShortcut({ keys: "shift+up", label: "Pick the one before too", group }, () => extend(-1), has);
  useShortcut(
    { keys: "s", label: "Split", group },
    () => selected && useShotsStore.setState({ splitting: selected.id }),
    has,
  );
  useShortcut({ keys: "shift+m", label: "Merge with the next", group }, mergeWithNext, has);
  return null;
}
