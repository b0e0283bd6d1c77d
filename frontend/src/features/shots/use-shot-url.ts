/** Keeps what is selected and filtered in the address, so that it can be shared and reloaded. */
import { useCallback, useEffect, useRef, useState } from "react";
import { useNavigationType, useSearchParams } from "react-router";
import { SHOT_STATES } from "./shot-state";
import { type ShotView, useShotsStore } from "./shots-store";

function read(search: URLSearchParams): ShotView {
  const state = search.get("state");
  return {
    shotId: search.get("shot"),
    filter: {
      sceneId: search.get("scene"),
      state: SHOT_STATES.find((one) => one === state) ?? null,
      text: search.get("q") ?? "",
    },
  };
}

function write({ shotId, filter }: ShotView): Record<string, string> {
  const values = { shot: shotId, scene: filter.sceneId, state: filter.state, q: filter.text };
  return Object.fromEntries(
    Object.entries(values).flatMap(([name, value]) => (value ? [[name, value]] : [])),
  );
}

/** The address follows when the keys pause: writing it draws the whole page anew. */
const FOLLOWS_AFTER_MS = 150;

/**
 * The store leads and the address follows: a router changes it a moment later, and keys come faster than that.
 * A link or the back button leads the other way round.
 */
export function useShotUrl(): (change: Partial<ShotView>) => void {
  const [search, setSearch] = useSearchParams();
  const kind = useNavigationType();
  const timer = useRef<ReturnType<typeof setTimeout>>();
  useState(() => useShotsStore.setState({ view: read(search) }));

  useEffect(() => {
    if (kind !== "REPLACE") useShotsStore.setState({ view: read(search) });
  }, [search, kind]);

  useEffect(() => () => clearTimeout(timer.current), []);

  return useCallback(
    (change) => {
      const view = { ...useShotsStore.getState().view, ...change };
      useShotsStore.setState({ view });
      clearTimeout(timer.current);
      timer.current = setTimeout(() => setSearch(write(view), { replace: true }), FOLLOWS_AFTER_MS);
    },
    [setSearch],
  );
}
