/** Deletes shots at once; they are kept on the server, and Undo (or Z, later too) brings them back. */
import { useCallback } from "react";
import type { ShotRead } from "@/client/types.gen";
import { toastUndo } from "@/lib/toast";
import { shotCount } from "./shot-words";
import { useShotsStore } from "./shots-store";
import type { BulkActions } from "./use-bulk-actions";

const UNDO_STEPS = 50;

const hide = (ids: readonly string[]) =>
  useShotsStore.setState(({ deleted }) => ({ deleted: [...deleted, ...ids] }));
const unhide = (ids: readonly string[]) =>
  useShotsStore.setState(({ deleted }) => ({ deleted: deleted.filter((id) => !ids.includes(id)) }));
const forget = (ids: readonly string[]) =>
  useShotsStore.setState(({ deletions }) => ({ deletions: deletions.filter((one) => one !== ids) }));

export function useDeleteShots({ remove, restore }: BulkActions) {
  const undo = useCallback(
    (ids: readonly string[]) => {
      if (!useShotsStore.getState().deletions.includes(ids)) return;
      forget(ids);
      restore([...ids]);
    },
    [restore],
  );
  /** Brings back what was deleted last. */
  const undoLast = useCallback(() => {
    const last = useShotsStore.getState().deletions.at(-1);
    if (last) undo(last);
  }, [undo]);
  const deleteShots = useCallback(
    async (shots: ShotRead[]) => {
      const ids = shots.map(({ id }) => id);
      const [first] = shots;
      if (!first) return;
      // Out of sight at once; when the server has taken them, the list it sends is without them.
      hide(ids);
      const isDone = await remove(ids);
      unhide(ids);
      if (!isDone) return;
      useShotsStore.setState(({ deletions }) => ({ deletions: [...deletions, ids].slice(-UNDO_STEPS) }));
      toastUndo(`Deleted ${ids.length === 1 ? `shot ${first.number}` : shotCount(ids.length)}`, () =>
        undo(ids),
      );
    },
    [remove, undo],
  );
  return { deleteShots, undoLast };
}
