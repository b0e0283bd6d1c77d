/** One row of the table, whatever it is. */
import { Button } from "@/components/ui/button";
import { PhoneShotRow } from "./phone-shot-row";
import { SceneHeader } from "./scene-header";
import { ShotRow } from "./shot-row";
import type { TableRow } from "./shot-rows";
import { useShotsStore } from "./shots-store";
import type { Landing } from "./shots-table";
import { useNewShot } from "./use-new-shot";
import { useSelectionStore } from "./use-selection";
import { useWorkspace } from "./workspace-context";

interface TableRowViewProps {
  row: TableRow;
  selectedId: string | null;
  isPhone: boolean;
  landing: Landing | null;
}

export function TableRowView({ row, selectedId, isPhone, landing }: TableRowViewProps) {
  const { byId, select, shotActions } = useWorkspace();
  const addShot = useNewShot();
  const id = row.kind === "shot" ? row.shot.id : row.scene.id;
  const isSelected = row.kind === "shot" && id === selectedId;
  const isPicked = useSelectionStore(({ picked }) => picked.has(id));
  const cell = useShotsStore((state) => (isSelected ? state.cell : null));
  const editing = useShotsStore(({ editing }) => (editing?.shotId === id ? editing.cell : null));
  const hasDraft = useShotsStore(({ drafts }) => id in drafts);

  if (row.kind === "scene") {
    return (
      <SceneHeader
        scene={row.scene}
        shots={row.shots}
        isCollapsed={row.isCollapsed}
        isDropTarget={landing?.edge === "scene" && landing.overId === id}
      />
    );
  }
  if (row.kind === "empty") {
    return (
      <div className="flex h-full items-center gap-3 border-b px-3 pl-9 text-muted-foreground">
        No shots in this scene yet.
        <Button variant="outline" onClick={() => void addShot(row.scene.id, 1)}>
          Add a shot
        </Button>
      </div>
    );
  }
  if (isPhone)
    return (
      <PhoneShotRow
        shot={row.shot}
        byId={byId}
        isSelected={isSelected}
        isPicked={isPicked}
        onSelect={select}
      />
    );
  const edge = landing && landing.edge !== "scene" && landing.overId === id ? landing.edge : null;
  return (
    <ShotRow
      shot={row.shot}
      byId={byId}
      isSelected={isSelected}
      isPicked={isPicked}
      cell={cell}
      editing={editing}
      edge={edge}
      hasDraft={hasDraft}
      onSelect={select}
      actions={shotActions}
    />
  );
}
