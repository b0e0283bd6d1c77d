/** What ⌘K offers: every part of the page adds its commands while it is on screen. */
import type { LucideIcon } from "lucide-react";
import { useEffect, useId } from "react";
import { create } from "zustand";

export interface Command {
  label: string;
  /** Heading in the palette. */
  group: string;
  icon?: LucideIcon;
  /** Shortcut to show beside it, in the syntax of `useShortcut`. */
  keys?: string;
  /** Further words that find it. */
  keywords?: string[];
  run: () => void;
}

interface CommandStore {
  commands: ReadonlyMap<string, readonly Command[]>;
  isOpen: boolean;
}

export const useCommandStore = create<CommandStore>(() => ({ commands: new Map(), isOpen: false }));

export const openPalette = () => useCommandStore.setState({ isOpen: true });

/** Offers these commands while mounted. Memoize the list: a new one is registered again. */
export function useCommands(commands: readonly Command[]): void {
  const id = useId();
  useEffect(() => {
    useCommandStore.setState((state) => ({ commands: new Map(state.commands).set(id, commands) }));
    return () =>
      useCommandStore.setState((state) => {
        const left = new Map(state.commands);
        left.delete(id);
        return { commands: left };
      });
  }, [id, commands]);
}
