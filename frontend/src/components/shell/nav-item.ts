/** One place in the navigation. */
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";

export interface NavItem {
  to: string;
  label: string;
  icon: LucideIcon;
  /** Shortcut that goes there, in the syntax of `useShortcut`. */
  keys?: string;
  /** How many things are there; nothing is shown for 0. */
  count?: ReactNode;
}
