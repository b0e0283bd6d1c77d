/** What a person chose about the page itself; kept per browser. */
import { create } from "zustand";
import { persist } from "zustand/middleware";

interface Preferences {
  /** Shortcuts of one bare letter; some people trigger them by accident (WCAG 2.1.4). */
  hasLetterKeys: boolean;
  isNavCollapsed: boolean;
  /** Edge of a library tile, px. */
  tileSize: number;
  /** Width of the inspector, px. */
  inspectorWidth: number;
  set: (change: Partial<Omit<Preferences, "set">>) => void;
}

export const usePreferences = create<Preferences>()(
  persist(
    (set) => ({
      hasLetterKeys: true,
      isNavCollapsed: false,
      tileSize: 160,
      inspectorWidth: 380,
      set: (change) => set(change),
    }),
    { name: "auteur.preferences" },
  ),
);
