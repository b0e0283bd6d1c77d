/** The table of shots with what is picked in it, and the inspector beside it. */
import { useCallback, useDeferredValue, useEffect, useMemo, useRef, useState } from "react";
import type { ShotRead } from "@/client/types.gen";
import { InspectorSplit } from "@/components/inspector-split";
import { InspectorActions } from "./inspector-actions";
import { InspectorTitle } from "./inspector-title";
import { NothingMatches } from "./nothing-matches";
import { OverwriteDialog } from "./overwrite-dialog";
import { SelectionBar } from "./selection-bar";
import { SelectionShortcuts } from "./selection-shortcuts";
import { ShotInspector } from "./shot-inspector";
import { NO_FILTER, type ShotFilter, tableRows } from "./shot-rows";
import { ShotsShortcuts } from "./shots-shortcuts";
import { type ShotView, stopEditing, stopPicking, useShotsStore } from "./shots-store";
import { ShotsTable } from "./shots-table";
import { ShotsToolbar } from "./shots-toolbar";
import { SplitDialog } from "./split-dialog";
import { useNewShot } from "./use-new-shot";
import { pickedOf, unpickAll, useSelectionStore } from "./use-selection";
import type { Engine } from "./use-shot-actions";
import { useWorkspace } from "./workspace-context";

export function ShotsWork({ onChange }: { onChange: (change: Partial<ShotView>) => void }) {
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
  const isPicking = useSelectionStore((state) => state.isPicking);
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
      {(picked.length > 0 || isPicking) && (
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
