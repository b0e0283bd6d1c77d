/** `The script changed: lines 42 and 45; 1 paragraph is gone.` */
import type { ElementRead, ScriptChange } from "@/client/types.gen";
import { plural } from "@/lib/format";

export function scriptChangeWords(changes: ScriptChange[], elements: ElementRead[]): string {
  const lines = new Map(elements.map(({ id, line_start }) => [id, line_start]));
  const at = changes
    .filter(({ change }) => change === "changed")
    .flatMap(({ element_id }) => lines.get(element_id) ?? [])
    .sort((a, b) => a - b);
  const gone = changes.filter(({ change }) => change === "removed").length;
  const last = at.at(-1);
  const where =
    at.length > 1
      ? `lines ${at.slice(0, -1).join(", ")} and ${last}`
      : last !== undefined
        ? `line ${last}`
        : "";
  const lost = gone > 0 ? `${plural(gone, "paragraph")} ${gone === 1 ? "is" : "are"} gone` : "";
  const what = [where, lost].filter(Boolean).join("; ");
  return what ? `The script changed: ${what}.` : "The script changed.";
}
