/** Whether everything the person changed is on the server, read from the mutation cache. */
import { type MutationCache, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

/** Under this, saying "Saving…" would only flicker. */
const SAYS_SAVING_AFTER_MS = 400;

export type SaveState =
  | { kind: "idle" }
  | { kind: "saving" }
  | { kind: "saved"; at: Date }
  | { kind: "failed" }
  | { kind: "offline"; waiting: number };

export function useSaveState(): SaveState {
  const cache = useQueryClient().getMutationCache();
  const [state, setState] = useState<SaveState>(() => read(cache));

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const unsubscribe = cache.subscribe((event) => {
      // Others tell of components that begin to watch, some of them in the middle of a render.
      if (event.type !== "added" && event.type !== "updated") return;
      const next = read(cache);
      clearTimeout(timer);
      if (next.kind === "saving") {
        timer = setTimeout(() => setState(next), SAYS_SAVING_AFTER_MS);
      } else if (next.kind !== "idle") {
        setState(next);
      }
    });
    return () => {
      clearTimeout(timer);
      unsubscribe();
    };
  }, [cache]);

  return state;
}

function read(cache: MutationCache): SaveState {
  const saves = cache.getAll().filter((one) => one.meta?.isSave !== false && one.state.status !== "idle");
  const waiting = saves.filter((one) => one.state.isPaused).length;
  if (waiting > 0) return { kind: "offline", waiting };
  if (saves.some((one) => one.state.status === "pending")) return { kind: "saving" };
  // The latest outcome counts: saving again after a failure clears it.
  const last = saves.at(-1);
  if (!last) return { kind: "idle" };
  return last.state.status === "error"
    ? { kind: "failed" }
    : { kind: "saved", at: new Date(last.state.submittedAt) };
}
