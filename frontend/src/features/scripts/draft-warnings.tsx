/** What the importer had to guess in a draft, before it is applied. */
import type { ScriptWarning } from "@/client/types.gen";
import { plural } from "@/lib/format";
import { linesOf } from "./warnings";

const NAMED = 12;

export function DraftWarnings({ warnings }: { warnings: ScriptWarning[] }) {
  if (warnings.length === 0) return null;
  return (
    <details className="shrink-0 border-b px-3 py-1.5">
      <summary className="cursor-pointer text-muted-foreground max-md:min-h-11">
        {plural(warnings.length, "warning")}: what the importer guessed in this draft
      </summary>
      <ul className="max-h-44 overflow-y-auto py-1">
        {warnings.map((warning) => (
          <li key={`${warning.line} ${warning.code} ${warning.message}`} className="wrap-anywhere py-0.5">
            <span className="tabular text-faint">{where(warning)}:</span> {warning.message}
          </li>
        ))}
      </ul>
    </details>
  );
}

function where(warning: ScriptWarning): string {
  const lines = linesOf(warning);
  if (lines.length === 0) return "Whole file";
  const more = lines.length > NAMED ? ` and ${lines.length - NAMED} more` : "";
  return `Line ${lines.slice(0, NAMED).join(", ")}${more}`;
}
