/** Under the editor: what a save was refused for, line by line, and a newer document if there is one. */
import { Button } from "@/components/ui/button";
import type { JsonProblem } from "./shots-store";

interface JsonProblemsProps {
  problems: readonly JsonProblem[];
  isOutdated: boolean;
  onDiscard: () => void;
}

export function JsonProblems({ problems, isOutdated, onDiscard }: JsonProblemsProps) {
  return (
    <>
      {isOutdated && (
        <p className="flex items-center gap-2">
          <span className="flex-1">
            <span aria-hidden className="text-warn">
              ▲
            </span>{" "}
            A newer document was made meanwhile; yours is kept here.
          </span>
          <Button variant="outline" onClick={onDiscard}>
            Show the newer
          </Button>
        </p>
      )}
      {problems.length > 0 && (
        <div role="alert">
          <p className="font-medium">
            <span aria-hidden className="text-destructive">
              ✕
            </span>{" "}
            Not saved; what you typed is kept here.
          </p>
          <ul className="max-h-24 overflow-y-auto">
            {problems.map(({ message, line }) => (
              <li key={`${line} ${message}`} className="wrap-anywhere flex gap-2">
                {line !== null && <span className="tabular shrink-0 text-faint">Line {line}</span>}
                <span>{message}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
    </>
  );
}
