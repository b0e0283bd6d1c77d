/** What every part of the shots screen may do and look up. */
import { createContext, useContext } from "react";
import type { SceneRead, ShotRead } from "@/client/types.gen";
import type { AssetMap } from "./project-assets";
import type { BulkActions } from "./use-bulk-actions";
import type { SceneActions } from "./use-scene-actions";
import type { ShotActions } from "./use-shot-actions";

export interface Workspace {
  projectId: string;
  scenes: SceneRead[];
  /** Every scene's shots in order, without those being deleted. */
  groups: Map<string, ShotRead[]>;
  byId: AssetMap;
  shotActions: ShotActions;
  sceneActions: SceneActions;
  bulk: BulkActions;
  deleteShots: (shots: ShotRead[]) => void;
  undoLastDelete: () => void;
  /** Asks how to break scenes down again. */
  onBreakDown: (scenes: SceneRead[]) => void;
  select: (shotId: string | null) => void;
  libraryPath: string;
  /** Where these lines of the script are shown, with the shot over them. */
  scriptPath: (scriptId: string, line: number, shotId: string) => string;
}

const WorkspaceContext = createContext<Workspace | null>(null);
export const WorkspaceProvider = WorkspaceContext.Provider;

export function useWorkspace(): Workspace {
  const workspace = useContext(WorkspaceContext);
  if (!workspace) throw new Error("Outside the shots workspace.");
  return workspace;
}
