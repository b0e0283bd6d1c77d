/** Adds a shot, selects it and opens its action for typing. */
import { useCallback } from "react";
import type { ShotRead } from "@/client/types.gen";
import { startEditing, useShotsStore } from "./shots-store";
import { useWorkspace } from "./workspace-context";

export function useNewShot() {
  const { shotActions, select } = useWorkspace();
  return useCallback(
    async (sceneId: string, position: number, from?: ShotRead) => {
      useShotsStore.setState({ isCreating: true });
      const shot = await shotActions.create(sceneId, position, from);
      useShotsStore.setState({ isCreating: false });
      if (!shot) return;
      select(shot.id);
      if (!from) startEditing(shot.id, "description");
    },
    [shotActions, select],
  );
}
