/** Keyboard shortcuts: bound while the component is on screen, and listed under `?` for as long. */
import { useEffect, useId } from "react";
import { useHotkeys } from "react-hotkeys-hook";
import { create } from "zustand";
import { usePreferences } from "./preferences";

export interface Shortcut {
  /** react-hotkeys-hook syntax: `mod+k`, `g>l` (a sequence), `shift+n`, `j, down` (either). */
  keys: string;
  label: string;
  /** Heading in the list: `Go to`, `Shots`, … */
  group: string;
}

interface ShortcutStore {
  shortcuts: ReadonlyMap<string, Shortcut>;
  isListOpen: boolean;
}

export const useShortcutStore = create<ShortcutStore>(() => ({ shortcuts: new Map(), isListOpen: false }));

const BARE_KEY = /^(shift\+)?[a-z0-9?/[\]]$/i;

/** Whether every way to press it is made of bare keys, without Ctrl, Alt or ⌘. */
export function isLetterShortcut(keys: string): boolean {
  return keys
    .split(",")
    .flatMap((way) => way.trim().split(">"))
    .every((key) => BARE_KEY.test(key));
}

/** What takes the keys for itself. The code editor keeps a closed search box with that role in the page. */
const OPEN_DIALOG = ["dialog", "alertdialog", "menu"].map((role) => `[role=${role}][data-state=open]`).join();

/**
 * Binds a shortcut. Bare letters are off while typing and while a dialog is open; those with a modifier
 * (`mod+k`, `mod+enter`) work while typing too.
 */
export function useShortcut(
  { keys, label, group }: Shortcut,
  run: (event: KeyboardEvent) => void,
  isEnabled = true,
): void {
  const id = useId();
  const hasLetterKeys = usePreferences((state) => state.hasLetterKeys);
  const isLetter = isLetterShortcut(keys);
  const enabled = isEnabled && (hasLetterKeys || !isLetter);

  useEffect(() => {
    if (!enabled) return;
    useShortcutStore.setState(({ shortcuts }) => ({
      shortcuts: new Map(shortcuts).set(id, { keys, label, group }),
    }));
    return () =>
      useShortcutStore.setState(({ shortcuts }) => {
        const left = new Map(shortcuts);
        left.delete(id);
        return { shortcuts: left };
      });
  }, [id, enabled, keys, label, group]);

  useHotkeys(keys, run, {
    enabled,
    preventDefault: true,
    useKey: keys === "?" || keys === "/" || keys === "[" || keys === "]",
    ignoreModifiers: keys === "?",
    enableOnFormTags: keys.includes("mod+"),
    enableOnContentEditable: keys.includes("mod+"),
    ignoreEventWhen: () => document.querySelector(OPEN_DIALOG) !== null,
  });
}

const isMac = () => /mac|iphone|ipad/i.test(navigator.platform);

const NAMES: Record<string, string> = {
  up: "↑",
  down: "↓",
  left: "←",
  right: "→",
  enter: "Enter",
  escape: "Esc",
  backspace: "⌫",
  delete: "Del",
  space: "Space",
  shift: "⇧",
  ctrl: "Ctrl",
};

/** The caps to draw for one way of pressing it: `mod+k` → `⌘`, `K`; `g>l` → `G`, `L`. */
export function keyCaps(keys: string): string[] {
  const [first = ""] = keys.split(",");
  return first
    .trim()
    .split(/[>+]/)
    .map((key) => {
      if (key === "mod") return isMac() ? "⌘" : "Ctrl";
      if (key === "alt") return isMac() ? "⌥" : "Alt";
      return NAMES[key] ?? key.toUpperCase();
    });
}
