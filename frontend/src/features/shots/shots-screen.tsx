/** The shots of a project: the table, and beside it the shot one works on. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { useCallback, useMemo } from "react";
import { listScenesOptions } from "@/client/@tanstack/react-query.gen";
import { DragArea } from "./drag-area";
import { useProjectAssets } from "./project-assets";
import { projectShotsOptions } from "./project-shots";
import { shotsByScene } from "./shot-rows";
import { useShotsStore } from "./shots-store";
import { ShotsWork } from "./shots-work";
import { useBulkActions } from "./use-bulk-actions";
import { useDeleteShots } from "./use-delete-shot";
import { useSceneActions } from "./use-scene-actions";
import { useShotActions } from "./use-shot-actions";
import { useShotUrl } from "./use-shot-url";
import { type Workspace, WorkspaceProvider } from "./workspace-context";

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
        <ShotsWork onChange={change} />
      </DragArea>
    </WorkspaceProvider>
  );
}
