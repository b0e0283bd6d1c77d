/** Several shots picked at once: with X, Shift and arrows, Shift and a click; on a phone with taps. */
import { create } from "zustand";
import type { ShotRead } from "@/client/types.gen";

interface SelectionStore {
  /** Picked shots; the selected one is among them while there are any. */
  picked: ReadonlySet<string>;
  /** Where a range began. */
  anchor: string | null;
  /** The shots as they stand on screen. */
  order: ShotRead[];
  /** On a phone: a tap picks a shot instead of opening it. */
  isPicking: boolean;
}

export const useSelectionStore = create<SelectionStore>(() => ({
  picked: new Set(),
  anchor: null,
  order: [],
  isPicking: false,
}));

export const startPicking = () => useSelectionStore.setState({ isPicking: true });

export const unpickAll = () =>
  useSelectionStore.setState({ picked: new Set(), anchor: null, isPicking: false });

/** Adds the shot, or takes it out. */
export const togglePicked = (shotId: string) =>
  useSelectionStore.setState(({ picked }) => {
    const next = new Set(picked);
    if (!next.delete(shotId)) next.add(shotId);
    return { picked: next, anchor: shotId };
  });

/** Picks everything from where the range began (else `from`) to this shot, as they stand on screen. */
export const pickTo = (order: ShotRead[], from: string | null, to: string) =>
  useSelectionStore.setState(({ picked, anchor }) => {
    const start = picked.size > 0 && anchor ? anchor : (from ?? to);
    const ends = [start, to].map((id) => order.findIndex((shot) => shot.id === id));
    const [low, high] = [Math.min(...ends), Math.max(...ends)];
    if (low < 0) return { picked: new Set([to]), anchor: to };
    return { picked: new Set(order.slice(low, high + 1).map(({ id }) => id)), anchor: start };
  });

/** The picked shots that are still there, in the order of the screen. */
export const pickedOf = (picked: ReadonlySet<string>, shots: ShotRead[]): ShotRead[] =>
  shots.filter(({ id }) => picked.has(id));
