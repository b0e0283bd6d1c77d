/** The three screen classes of the layout grid, as React state. */
import { useSyncExternalStore } from "react";

function useMedia(query: string): boolean {
  return useSyncExternalStore(
    (notify) => {
      const media = window.matchMedia(query);
      media.addEventListener("change", notify);
      return () => media.removeEventListener("change", notify);
    },
    () => window.matchMedia(query).matches,
  );
}

/** Below 768 px: bottom tabs, sheets over the full height. */
export const useIsPhone = () => useMedia("(width < 48rem)");
/** From 1024 px on the inspector stands beside the work instead of over it. */
export const useHasInspectorRoom = () => useMedia("(width >= 64rem)");
/** From 1280 px on the navigation shows words. */
export const useIsWide = () => useMedia("(width >= 80rem)");
