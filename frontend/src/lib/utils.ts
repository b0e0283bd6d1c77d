/** Joins class names; shadcn components expect `cn` here. */
import { type ClassValue, clsx } from "clsx";
import { extendTailwindMerge } from "tailwind-merge";

// Our type scale has its own names; without this, merging would take `text-body` for a colour.
const merge = extendTailwindMerge({
  extend: {
    classGroups: {
      "font-size": [{ text: ["meta", "body", "field", "title", "page", "wordmark", "script", "json"] }],
    },
    theme: { spacing: ["control", "topbar", "statusbar"] },
  },
});

export function cn(...inputs: ClassValue[]): string {
  return merge(clsx(inputs));
}
