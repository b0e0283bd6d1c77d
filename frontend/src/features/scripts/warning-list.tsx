/** What an import had to guess, each with the ways to its lines. */
import type { ScriptWarning } from "@/client/types.gen";
import { cn } from "@/lib/utils";
import { linesOf } from "./warnings";

interface WarningListProps {
  warnings: ScriptWarning[];
  onLine: (line: number) => void;
}

/** So many further lines are named; a script with page furniture has hundreds. */
const NAMED = 24;

export function WarningList({ warnings, onLine }: WarningListProps) {
  return (
    <ul className="max-h-44 overflow-y-auto border-t px-3 py-1">
      {warnings.map((warning) => {
        const [first, ...others] = linesOf(warning);
        return (
          <li key={`${warning.line} ${warning.code} ${warning.message}`} className="flex gap-3 py-0.5">
            {first === undefined ? (
              <span className="w-20 shrink-0 text-faint">Whole file</span>
            ) : (
              <LineLink line={first} words={`Line ${first}`} className="w-20 shrink-0" onLine={onLine} />
            )}
            <div className="min-w-0">
              <p className="wrap-anywhere">{warning.message}</p>
              {others.length > 0 && (
                <p className="flex flex-wrap gap-x-2 text-faint">
                  Also
                  {others.slice(0, NAMED).map((line) => (
                    <LineLink key={line} line={line} words={String(line)} onLine={onLine} />
                  ))}
                  {others.length > NAMED && `and ${others.length - NAMED} more`}
                </p>
              )}
            </div>
          </li>
        );
      })}
    </ul>
  );
}

interface LineLinkProps {
  line: number;
  words: string;
  className?: string;
  onLine: (line: number) => void;
}

function LineLink({ line, words, className, onLine }: LineLinkProps) {
  return (
    <button
      type="button"
      aria-label={`Line ${line}`}
      onClick={() => onLine(line)}
      className={cn(
        "tabular self-start text-left text-primary hover:underline max-md:min-h-11 max-md:min-w-11",
        className,
      )}
    >
      {words}
    </button>
  );
}
