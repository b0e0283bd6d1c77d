/** Which shot is selected and how the table is filtered: in the address, so that it can be shared and reloaded. */
import { useCallback, useMemo } from "react";
import { useSearchParams } from "react-router";
import type { ShotFilter } from "./shot-rows";
import { SHOT_STATES } from "./shot-state";

export function useShotUrl() {
  const [search, setSearch] = useSearchParams();
  const shotId = search.get("shot");
  const sceneId = search.get("scene");
  const stateName = search.get("state");
  const text = search.get("q") ?? "";

  const filter: ShotFilter = useMemo(
    () => ({ sceneId, state: SHOT_STATES.find((one) => one === stateName) ?? null, text }),
    [sceneId, stateName, text],
  );
  /** An empty value takes the name away. */
  const change = useCallback(
    (values: Partial<Record<"shot" | "scene" | "state" | "q", string | null>>) =>
      setSearch(
        (before) => {
          const next = new URLSearchParams(before);
          for (const [name, value] of Object.entries(values)) {
            if (value) next.set(name, value);
            else next.delete(name);
          }
          return next;
        },
        { replace: true },
      ),
    [setSearch],
  );
  const select = useCallback((id: string | null) => change({ shot: id }), [change]);
  return { shotId, filter, change, select };
}
