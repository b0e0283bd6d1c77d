/** Around every screen: a skeleton while it loads, a problem with a way on when it cannot be shown. */
import { QueryErrorResetBoundary } from "@tanstack/react-query";
import { type ReactNode, Suspense } from "react";
import { ErrorBoundary } from "react-error-boundary";
import { toProblem } from "@/lib/problem";
import { Delayed } from "./delayed";
import { ProblemPanel } from "./problem-panel";

interface ScreenBoundaryProps {
  /** What could not be done, for the problem panel: `Could not show the library.` */
  what: string;
  /** The screen's skeleton, in its final geometry. */
  skeleton: ReactNode;
  /** Ways on besides trying again. */
  actions?: ReactNode;
  /** A change of these tries again by itself: the id of what is shown. */
  resetKeys?: unknown[];
  children: ReactNode;
}

export function ScreenBoundary({ what, skeleton, actions, resetKeys, children }: ScreenBoundaryProps) {
  return (
    <QueryErrorResetBoundary>
      {({ reset }) => (
        <ErrorBoundary
          onReset={reset}
          resetKeys={resetKeys}
          fallbackRender={({ error, resetErrorBoundary }) => {
            const problem = toProblem(error);
            // The session is over and sign-in is on its way.
            if (problem.status === 401) return null;
            return (
              <ProblemPanel
                what={what}
                problem={problem}
                onRetry={problem.status === 404 ? undefined : resetErrorBoundary}
              >
                {actions}
              </ProblemPanel>
            );
          }}
        >
          <Suspense fallback={<Delayed>{skeleton}</Delayed>}>{children}</Suspense>
        </ErrorBoundary>
      )}
    </QueryErrorResetBoundary>
  );
}
