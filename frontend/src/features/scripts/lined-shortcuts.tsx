/** The keys of the lined page. */
import { useShortcut } from "@/lib/shortcuts";

interface LinedShortcutsProps {
  hasSelection: boolean;
  hasShot: boolean;
  onStep: (by: 1 | -1, extend: boolean) => void;
  onOpen: () => void;
  onMark: () => void;
  onUncovered: (step: 1 | -1) => void;
  onEdge: (by: 1 | -1) => void;
  onClear: () => void;
}

const group = "Script";

export function LinedShortcuts(props: LinedShortcutsProps) {
  const { hasSelection, hasShot, onStep, onOpen, onMark, onUncovered, onEdge, onClear } = props;
  useShortcut({ keys: "down, j", label: "Next paragraph", group }, () => onStep(1, false));
  useShortcut({ keys: "up, k", label: "Previous paragraph", group }, () => onStep(-1, false));
  useShortcut({ keys: "shift+down", label: "Select the next paragraph too", group }, () => onStep(1, true));
  useShortcut({ keys: "shift+up", label: "Select the one before too", group }, () => onStep(-1, true));
  useShortcut({ keys: "enter", label: "Show the shot over the selected lines", group }, onOpen, hasSelection);
  useShortcut({ keys: "m", label: "A new shot over the selected lines", group }, onMark, hasSelection);
  useShortcut({ keys: "u", label: "Next paragraph without a shot", group }, () => onUncovered(1));
  useShortcut({ keys: "shift+u", label: "Previous paragraph without a shot", group }, () => onUncovered(-1));
  useShortcut(
    { keys: "alt+shift+down", label: "The shot covers one paragraph more", group },
    () => onEdge(1),
    hasShot,
  );
  useShortcut(
    { keys: "alt+shift+up", label: "The shot covers one paragraph less", group },
    () => onEdge(-1),
    hasShot,
  );
  useShortcut({ keys: "escape", label: "Let go of lines and shot", group }, onClear, hasSelection || hasShot);
  return null;
}
