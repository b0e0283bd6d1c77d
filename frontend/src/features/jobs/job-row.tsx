/** One job: what it is about, how far it is, why it failed, and what can be done. */
import { MessageSquareText, RotateCcw, X } from "lucide-react";
import type { JobRead } from "@/client/types.gen";
import { Tip } from "@/components/tip";
import { Button } from "@/components/ui/button";
import { Progress } from "@/components/ui/progress";
import { estimateRest } from "@/lib/estimate";
import { formatWhen, parseTime } from "@/lib/format";
import { asksModel, durationOf, isActive, kindOf, statusOf } from "./job-words";
import { useJobActions } from "./use-job-actions";

interface JobRowProps {
  job: JobRead;
  onReplies: (job: JobRead) => void;
}

export function JobRow({ job, onReplies }: JobRowProps) {
  const { cancel, retry, isPending } = useJobActions(job);
  const { glyph, word, tone } = statusOf(job);
  const { done, total } = job.progress;
  const active = isActive(job);
  const canRetry = job.status === "failed" || job.status === "cancelled";
  const rest =
    active && job.started_at
      ? estimateRest(done, total, parseTime(job.started_at).getTime(), Date.now())
      : null;
  const facts = [
    kindOf(job),
    active && total > 1 ? `${done.toLocaleString()} of ${total.toLocaleString()}` : null,
    rest ?? durationOf(job),
    active ? null : formatWhen(parseTime(job.finished_at ?? job.created_at)),
  ].filter(Boolean);

  return (
    <li className="flex flex-wrap gap-x-2 border-b px-3 py-2 last:border-b-0">
      <div className="min-w-0 flex-1">
        <p className="wrap-anywhere line-clamp-2 font-medium" title={job.label}>
          {job.label || kindOf(job)}
        </p>
        <p className="tabular text-faint text-meta">
          <span className={tone}>
            <span aria-hidden>{glyph}</span> {word}
          </span>{" "}
          · {facts.join(" · ")}
        </p>
        {active && total > 0 && (
          <Progress
            value={(done / total) * 100}
            aria-label={`${job.label}: ${done} of ${total}`}
            className="mt-1.5"
          />
        )}
      </div>
      {asksModel(job) && (
        <Tip text="What the language model answered">
          <Button
            variant="ghost"
            size="icon-sm"
            className="self-center"
            aria-label={`Replies of the language model: ${job.label}`}
            onClick={() => onReplies(job)}
          >
            <MessageSquareText />
          </Button>
        </Tip>
      )}
      {active && job.status !== "cancelling" && (
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label={`Cancel ${job.label}`}
          disabled={isPending}
          onClick={cancel}
        >
          <X />
        </Button>
      )}
      {canRetry && (
        <Button
          variant="outline"
          className="self-center"
          disabled={isPending}
          aria-label={`Retry ${job.label}`}
          onClick={retry}
        >
          <RotateCcw /> Retry
        </Button>
      )}
      {job.error && (
        <p className="wrap-anywhere mt-1 basis-full text-meta">
          {job.error.detail} <span className="text-muted-foreground">{job.error.fix}</span>
        </p>
      )}
    </li>
  );
}
