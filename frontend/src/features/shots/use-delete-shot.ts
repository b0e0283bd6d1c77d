/** Deletes a shot when its undo toast is over: until then it is only hidden, so that undo loses nothing. */
import { useQueryClient } from "@tanstack/react-query";
import { useCallback, useEffect } from "react";
import { deleteShot } from "@/client/sdk.gen";
import type { ShotRead } from "@/client/types.gen";
import { API_BASE } from "@/lib/env";
import { tagged } from "@/lib/query";
import { toastProblem, toastUndo } from "@/lib/toast";
import { useShotsStore } from "./shots-store";

const unhide = (shotId: string) =>
  useShotsStore.setState(({ deleted }) => ({ deleted: deleted.filter((id) => id !== shotId) }));
const isHidden = (shotId: string) => useShotsStore.getState().deleted.includes(shotId);

/** Brings the shot that was deleted last back, while its time is not over. */
export function undoLastDelete(): void {
  const last = useShotsStore.getState().deleted.at(-1);
  if (last) unhide(last);
}

export function useDeleteShot(projectId: string) {
  const queryClient = useQueryClient();

  useEffect(() => {
    // The page goes away: what was deleted stays deleted.
    const flush = () => {
      for (const id of useShotsStore.getState().deleted) {
        void fetch(`${API_BASE}/shots/${id}`, { method: "DELETE", keepalive: true });
      }
    };
    window.addEventListener("pagehide", flush);
    return () => window.removeEventListener("pagehide", flush);
  }, []);

  return useCallback(
    (shot: ShotRead) => {
      const commit = async () => {
        if (!isHidden(shot.id)) return;
        try {
          await deleteShot({ path: { shot_id: shot.id }, throwOnError: true });
          await queryClient.invalidateQueries(tagged(["shots", "scenes", "projects"], projectId));
        } catch (error) {
          toastProblem(error, `Could not delete shot ${shot.number}. It is still there.`);
        }
        unhide(shot.id);
      };
      useShotsStore.setState(({ deleted }) => ({ deleted: [...deleted, shot.id] }));
      toastUndo(
        `Deleted shot ${shot.number}`,
        () => unhide(shot.id),
        () => void commit(),
      );
    },
    [queryClient, projectId],
  );
}
