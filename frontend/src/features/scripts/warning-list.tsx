/** What an import had to guess, each with the way to its line. */
import type { ScriptWarning } from "@/client/types.gen";

interface WarningListProps {
  warnings: ScriptWarning[];
  onLine: (line: number) => void;
}

export function WarningList({ warnings, onLine }: WarningListProps) {
  return (
    <ul className="max-h-44 overflow-y-auto border-t px-3 py-1">
      {warnings.map(({ line, code, message }) => (
        <li key={`${line} ${code} ${message}`} className="flex gap-3 py-0.5">
          {line > 0 ? (
            <button
              type="button"
              onClick={() => onLine(line)}
              className="tabular w-20 shrink-0 text-left text-primary hover:underline max-md:min-h-11"
            >
              Line {line}
            </button>
          ) : (
            <span className="w-20 shrink-0 text-faint">Whole file</span>
          )}
          <span className="wrap-anywhere">{message}</span>
        </li>
      ))}
    </ul>
  );
}
