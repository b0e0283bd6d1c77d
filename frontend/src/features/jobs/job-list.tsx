/** The runs of a project: those under way first, then the latest that ended. */
import { useQuery } from "@tanstack/react-query";
import type { JobRead } from "@/client/types.gen";
import { Delayed } from "@/components/delayed";
import { Button } from "@/components/ui/button";
import { Skeleton } from "@/components/ui/skeleton";
import { toProblem } from "@/lib/problem";
import { JobRow } from "./job-row";
import { activeJobsOptions, endedJobsOptions } from "./project-jobs";

interface JobListProps {
  projectId: string;
  /** Shows what the language model answered to a job. */
  onReplies: (job: JobRead) => void;
}

export function JobList({ projectId, onReplies }: JobListProps) {
  const active = useQuery(activeJobsOptions(projectId));
  const ended = useQuery(endedJobsOptions(projectId));
  const failed = active.error ?? ended.error;

  if (failed && !(active.data && ended.data)) {
    const { detail, fix } = toProblem(failed);
    return (
      <div role="alert" className="grid justify-items-start gap-2 p-3">
        <p>
          Could not read the runs. {detail} {fix}
        </p>
        <Button variant="outline" onClick={() => void Promise.all([active.refetch(), ended.refetch()])}>
          Try again
        </Button>
      </div>
    );
  }
  if (!active.data || !ended.data) {
    return (
      <Delayed>
        {[1, 2, 3].map((one) => (
          <Skeleton key={one} className="m-3 h-9" />
        ))}
      </Delayed>
    );
  }
  if (active.data.total + ended.data.total === 0) {
    return (
      <p className="p-3 text-muted-foreground">
        Nothing has run yet. An import and every Flow document you generate show here.
      </p>
    );
  }
  return (
    <>
      <Section title="Under way" jobs={active.data.items} more={active.data.total} onReplies={onReplies} />
      <Section title="Ended" jobs={ended.data.items} more={ended.data.total} onReplies={onReplies} />
    </>
  );
}

interface SectionProps {
  title: string;
  jobs: JobRead[];
  more: number;
  onReplies: (job: JobRead) => void;
}

function Section({ title, jobs, more, onReplies }: SectionProps) {
  if (jobs.length === 0) return null;
  return (
    <section aria-label={title}>
      <h3 className="sticky top-0 border-b bg-raised px-3 py-1.5 font-medium text-faint text-meta">
        {title} <span className="tabular">{more}</span>
      </h3>
      <ul>
        {jobs.map((job) => (
          <JobRow key={job.id} job={job} onReplies={onReplies} />
        ))}
      </ul>
      {more > jobs.length && (
        <p className="border-t px-3 py-1.5 text-faint text-meta">and {more - jobs.length} more</p>
      )}
    </section>
  );
}
