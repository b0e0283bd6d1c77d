/** What an import had to guess, by the line it is about. */
import type { ScriptWarning } from "@/client/types.gen";

/** Every line a warning names, in order; empty for the whole file. */
export function linesOf(warning: ScriptWarning): number[] {
  if (warning.lines.length > 0) return warning.lines;
  return warning.line > 0 ? [warning.line] : [];
}

/** The messages at each line; several at one line are one text. */
export function messagesByLine(warnings: ScriptWarning[]): Map<number, string> {
  const found = new Map<number, string>();
  for (const warning of warnings) {
    const [first] = linesOf(warning);
    if (first === undefined) continue;
    const before = found.get(first);
    found.set(first, before ? `${before} ${warning.message}` : warning.message);
  }
  return found;
}
