/** The last boundary: a page that could not be loaded or drawn at all. */
import { useRouteError } from "react-router";
import { ProblemPanel } from "@/components/problem-panel";
import { toProblem } from "@/lib/problem";

export function BrokenPage() {
  const problem = toProblem(useRouteError());
  return (
    <div className="flex h-dvh">
      <ProblemPanel
        what="This page could not be shown."
        problem={{ ...problem, fix: problem.fix ?? "Loading it again usually helps." }}
        onRetry={() => window.location.reload()}
      />
    </div>
  );
}
