/** What the language model answered, word for word, and why an answer was refused. */
import { useQuery } from "@tanstack/react-query";
import { getJobOptions, listJobsOptions } from "@/client/@tanstack/react-query.gen";
import type { JobRead } from "@/client/types.gen";
import { Delayed } from "@/components/delayed";
import { Dialog, DialogContent, DialogDescription, DialogTitle } from "@/components/ui/dialog";
import { Skeleton } from "@/components/ui/skeleton";
import { toProblem } from "@/lib/problem";
import { JobReplies } from "./job-replies";

const PARTS = 100;

interface RepliesDialogProps {
  job: JobRead;
  onClose: () => void;
}

export function RepliesDialog({ job, onClose }: RepliesDialogProps) {
  const own = useQuery(getJobOptions({ path: { job_id: job.id } }));
  const parts = useQuery(listJobsOptions({ query: { parent_id: job.id, limit: PARTS } }));
  const failed = own.error ?? parts.error;
  const isRead = own.data && parts.data;

  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent className="flex max-h-[85dvh] max-w-3xl flex-col">
        <DialogTitle className="truncate pr-8">Replies of the language model</DialogTitle>
        <DialogDescription className="truncate">{job.label}</DialogDescription>
        <div className="min-h-0 overflow-y-auto">
          {failed && <p role="alert">{toProblem(failed).detail}</p>}
          {!isRead && !failed && (
            <Delayed>
              <Skeleton className="h-24" />
            </Delayed>
          )}
          {isRead && (
            <>
              <JobReplies jobId={job.id} label={job.label} isOpen />
              {parts.data.items.map((part) => (
                <JobReplies
                  key={part.id}
                  jobId={part.id}
                  label={part.label}
                  isOpen={parts.data.total === 1}
                />
              ))}
              {parts.data.total > PARTS && (
                <p className="text-faint text-meta">and {parts.data.total - PARTS} more parts</p>
              )}
            </>
          )}
        </div>
      </DialogContent>
    </Dialog>
  );
}
