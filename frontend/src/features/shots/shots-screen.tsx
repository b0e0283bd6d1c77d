/** The shots of a project: the table, and beside it the shot one works on. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import { listScenesOptions } from "@/client/@tanstack/react-query.gen";
import type { ShotRead } from "@/client/types.gen";
import { InspectorSplit } from "@/components/inspector-split";
import { DragArea } from "./drag-area";
import { InspectorActions } from "./inspector-actions";
import { InspectorTitle } from "./inspector-title";
import { NothingMatches } from "./nothing-matches";
import { OverwriteDialog } from "./overwrite-dialog";
import { useProjectAssets } from "./project-assets";
import { projectShotsOptions } from "./project-shots";
import { SelectionBar } from "./selection-bar";
import { SelectionShortcuts } from "./selection-shortcuts";
import { ShotInspector } from "./shot-inspector";
import { NO_FILTER, type ShotFilter, shotsByScene, tableRows } from "./shot-rows";
import { ShotsShortcuts } from "./shots-shortcuts";
import { type ShotView, stopEditing, stopPicking, useShotsStore } from "./shots-store";
import { ShotsTable } from "./shots-table";
import { ShotsToolbar } from "./shots-toolbar";
import { SplitDialog } from "./split-dialog";
import { useBulkActions } from "./use-bulk-actions";
import { useDeleteShots } from "./use-delete-shot";
import { useNewShot } from "./use-new-shot";
import { useSceneActions } from "./use-scene-actions";
import { pickedOf, unpickAll, useSelectionStore } from "./use-selection";
import { type Engine, useShotActions } from "./use-shot-actions";
import { useShotUrl } from "./use-shot-url";
import { useWorkspace, type Workspace, WorkspaceProvider } from "./workspace-context";

interface ShotsScreenProps {
  projectId: string;
  libraryPath: string;
  scriptPath: Workspace["scriptPath"];
  onBreakDown: Workspace["onBreakDown"];
}

export function ShotsScreen({ projectId, libraryPath, scriptPath, onBreakDown }: ShotsScreenProps) {
  const { data: scenes } = useSuspenseQuery(listScenesOptions({ path: { project_id: projectId } }));
  const { data: shots } = useSuspenseQuery(projectShotsOptions(projectId));
  const { byId } = useProjectAssets(projectId);
  const change = useShotUrl();
  const deleted = useShotsStore((state) => state.deleted);
  const shotActions = useShotActions(projectId);
  const sceneActions = useSceneActions(projectId);
  const bulk = useBulkActions(projectId);
  const { deleteShots, undoLast: undoLastDelete } = useDeleteShots(bulk);

  const select = useCallback((shotId: string | null) => change({ shotId }), [change]);
  const groups = useMemo(
    () =>
      shotsByScene(
        scenes.items,
        shots.items.filter((shot) => !deleted.includes(shot.id)),
      ),
    [scenes, shots, deleted],
  );
  const workspace = useMemo<Workspace>(
    () => ({
      projectId,
      scenes: scenes.items,
      groups,
      byId,
      shotActions,
      sceneActions,
      bulk,
      deleteShots,
      undoLastDelete,
      onBreakDown,
      select,
      libraryPath,
      scriptPath,
    }),
    [
      projectId,
      scenes,
      groups,
      byId,
      shotActions,
      sceneActions,
      bulk,
      deleteShots,
      undoLastDelete,
      onBreakDown,
      select,
      libraryPath,
      scriptPath,
    ],
  );

  return (
    <WorkspaceProvider value={workspace}>
      <DragArea>
        <Work onChange={change} />
      </DragArea>
    </WorkspaceProvider>
  );
}

function Work({ onChange }: { onChange: (change: Partial<ShotView>) => void }) {
  const { scenes, groups, byId, shotActions, bulk, deleteShots, select } = useWorkspace();
  const { shotId, filter } = useShotsStore((state) => state.view);
  const setFilter = useCallback(
    (values: Partial<ShotFilter>) =>
      onChange({ filter: { ...useShotsStore.getState().view.filter, ...values } }),
    [onChange],
  );
  const collapsed = useShotsStore((state) => state.collapsed);
  const searchField = useRef<HTMLInputElement>(null);
  const addShot = useNewShot();
  const [overwriting, setOverwriting] = useState<{ shot: ShotRead; engine: Engine } | null>(null);
  const text = useDeferredValue(filter.text);

  const all = useMemo(() => [...groups.values()].flat(), [groups]);
  const rows = useMemo(
    () => tableRows(scenes, groups, { ...filter, text }, collapsed, (id) => byId.get(id)?.name ?? ""),
    [scenes, groups, filter, text, collapsed, byId],
  );
  const order = useMemo(() => rows.flatMap((row) => (row.kind === "shot" ? [row.shot] : [])), [rows]);
  const selected = all.find((shot) => shot.id === shotId);
  const pickedIds = useSelectionStore((state) => state.picked);
  const picked = useMemo(() => pickedOf(pickedIds, order), [pickedIds, order]);
  const splittingId = useShotsStore((state) => state.splitting);
  const splitting = all.find((shot) => shot.id === splittingId);
  // The row follows every key at once; the inspector with its editor, when the keys pause.
  const inspected = useDeferredValue(selected);

  useEffect(
    () => () => {
      stopEditing();
      stopPicking();
      unpickAll();
    },
    [],
  );
  useEffect(() => useSelectionStore.setState({ order }), [order]);

  const generate = useCallback(
    (shot: ShotRead, engine: Engine = "auto") => {
      if (shot.status === "generating_json") return;
      if (shot.payload_source === "human") setOverwriting({ shot, engine });
      else shotActions.generate(shot.id, engine);
    },
    [shotActions],
  );
  const add = useCallback(() => {
    const { view } = useShotsStore.getState();
    const after = [...groups.values()].flat().find((shot) => shot.id === view.shotId);
    const sceneId = after?.scene_id ?? view.filter.sceneId ?? scenes.at(-1)?.id;
    if (!sceneId) return;
    void addShot(sceneId, after ? after.sequence_number + 1 : (groups.get(sceneId)?.length ?? 0) + 1);
  }, [groups, scenes, addShot]);

  return (
    <InspectorSplit
      title={
        inspected ? (
          <InspectorTitle shot={inspected} at={order.indexOf(inspected)} count={order.length} />
        ) : null
      }
      actions={inspected && <InspectorActions shot={inspected} order={order} />}
      inspector={inspected ? <ShotInspector shot={inspected} onGenerate={generate} /> : null}
      onClose={() => select(null)}
    >
      <ShotsToolbar
        filter={filter}
        shots={all}
        shownCount={order.length}
        onFilter={setFilter}
        onAdd={add}
        searchField={searchField}
      />
      {rows.length > 0 ? (
        <ShotsTable rows={rows} selectedId={shotId} />
      ) : (
        <NothingMatches onClear={() => setFilter(NO_FILTER)} />
      )}
      {picked.length > 0 && (
        <SelectionBar
          shots={picked}
          onDelete={() => {
            unpickAll();
            void deleteShots(picked);
          }}
        />
      )}
      {splitting && (
        <SplitDialog
          shot={splitting}
          onClose={() => useShotsStore.setState({ splitting: null })}
          onSplit={(point) => {
            useShotsStore.setState({ splitting: null });
            void bulk.split(splitting.id, point);
          }}
        />
      )}
      <SelectionShortcuts order={order} selected={selected} />
      <ShotsShortcuts
        order={order}
        selected={selected}
        onFilter={() => searchField.current?.focus()}
        onGenerate={generate}
      />
      <OverwriteDialog
        shot={overwriting?.shot ?? null}
        onClose={() => setOverwriting(null)}
        onConfirm={() => overwriting && shotActions.generate(overwriting.shot.id, overwriting.engine)}
      />
    </InspectorSplit>
  );
}
