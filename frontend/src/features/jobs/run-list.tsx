/** The breakdowns of a project: each can be taken back as a whole. */
import { useQuery } from "@tanstack/react-query";
import { listBreakdownRunsOptions } from "@/client/@tanstack/react-query.gen";
import { Delayed } from "@/components/delayed";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { toProblem } from "@/lib/problem";
import { RunRow } from "./run-row";

export function RunList({ projectId }: { projectId: string }) {
  const { data, error, refetch } = useQuery(listBreakdownRunsOptions({ path: { project_id: projectId } }));
  if (error) {
    const { detail, fix } = toProblem(error);
    return (
      <div role="alert" className="grid justify-items-start gap-2 p-3">
        <p>
          Could not read the breakdowns. {detail} {fix}
        </p>
        <Button variant="outline" onClick={() => void refetch()}>
          Try again
        </Button>
      </div>
    );
  }
  if (!data) {
    return (
      <Delayed>
        <Skeleton className="m-3 h-9" />
      </Delayed>
    );
  }
  if (data.total === 0) {
    return (
      <p className="p-3 text-muted-foreground">
        No breakdown yet. Each import and each “Break down again” shows here, and can be taken back.
      </p>
    );
  }
  return (
    <ul>
      {data.items.map((run) => (
        <RunRow key={run.id} run={run} />
      ))}
    </ul>
  );
}
