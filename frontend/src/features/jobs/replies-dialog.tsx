/** What the language model answered, word for word, and why an answer was refused. */
import { useQueries, useQuery } from "@tanstack/react-query";
import { getJobOptions, listJobsOptions } from "@/client/@tanstack/react-query.gen";
import type { JobDetail, JobRead } from "@/client/types.gen";
import { Delayed } from "@/components/delayed";
import { Dialog, DialogContent, DialogDescription, DialogTitle } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import { sentences } from "@/lib/format";
import { toProblem } from "@/lib/problem";
import { JobReplies, repliesOf } from "./job-replies";

const PARTS = 100;

interface RepliesDialogProps {
  job: JobRead;
  onClose: () => void;
}

export function RepliesDialog({ job, onClose }: RepliesDialogProps) {
  const parts = useQuery(listJobsOptions({ query: { parent_id: job.id, limit: PARTS } }));
  const logs = useQueries({
    queries: [job, ...(parts.data?.items ?? [])].map(({ id }) => getJobOptions({ path: { job_id: id } })),
  });
  const failed = parts.error ?? logs.find(({ error }) => error)?.error;
  const isRead = parts.data !== undefined && logs.every(({ data }) => data !== undefined);
  const asked = logs
    .flatMap(({ data }): JobDetail[] => (data ? [data] : []))
    .filter((one) => repliesOf(one).length > 0);

  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent className="flex max-h-[85dvh] max-w-3xl flex-col">
        <DialogTitle className="shrink-0 pr-8">Replies of the language model</DialogTitle>
        <DialogDescription className="shrink-0 truncate" title={job.label}>
          {job.label}
        </DialogDescription>
        <div className="min-h-0 overflow-y-auto">
          {failed && (
            <p role="alert">
              {sentences("Could not read the replies", toProblem(failed).detail, toProblem(failed).fix)}
            </p>
          )}
          {!isRead && !failed && (
            <Delayed>
              <Skeleton className="h-24" />
            </Delayed>
          )}
          {isRead && asked.length === 0 && (
            <p className="py-2 text-muted-foreground">The language model was not asked.</p>
          )}
          {isRead &&
            asked.map((one) => (
              <JobReplies
                key={one.id}
                label={one.label}
                replies={repliesOf(one)}
                isOpen={asked.length === 1}
              />
            ))}
          {isRead && parts.data.total > PARTS && (
            <p className="text-faint text-meta">and {parts.data.total - PARTS} more parts</p>
          )}
        </div>
      </DialogContent>
    </Dialog>
  );
}
