/** A problem in place of what could not be shown: what, what is safe, and the way on. */
import { CircleAlert } from "lucide-react";
import type { ReactNode } from "react";
import { Button } from "@/components/ui/button";
import { sentences } from "@/lib/format";
import type { AppProblem } from "@/lib/problem";

interface ProblemPanelProps {
  problem: AppProblem;
  /** What could not be done: `Could not show the library.` */
  what: string;
  onRetry?: () => void;
  children?: ReactNode;
}

export function ProblemPanel({ problem, what, onRetry, children }: ProblemPanelProps) {
  return (
    <div role="alert" className="m-auto flex max-w-md flex-col items-start gap-3 p-6">
      <h2 className="flex items-center gap-2 font-semibold text-page">
        <CircleAlert className="size-5 shrink-0 text-destructive" aria-hidden />
        {what}
      </h2>
      <p className="text-muted-foreground">
        {sentences(problem.detail, problem.fix, problem.status !== 404 && "Nothing you saved is lost")}
      </p>
      <div className="flex flex-wrap gap-2">
        {onRetry && (
          <Button variant="outline" onClick={onRetry}>
            Try again
          </Button>
        )}
        {children}
      </div>
      <p className="text-faint text-meta">{problem.code}</p>
    </div>
  );
}
