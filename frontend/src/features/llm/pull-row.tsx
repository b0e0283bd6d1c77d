/** One download: the model, how far it is, why it failed, and what can be done. */
import type { JobRead } from "@/client/types.gen";
import { Button } from "@/components/ui/button";
import { Progress } from "@/components/ui/progress";
import { formatBytes, formatWhen, parseTime, sentences } from "@/lib/format";
import { isUnderWay } from "./use-pulls";

interface PullRowProps {
  job: JobRead;
  onCancel: () => void;
  /** Undefined for who may not pull. */
  onRetry?: () => void;
}

const WORDS: Record<JobRead["status"], { glyph: string; word: string; tone: string }> = {
  queued: { glyph: "○", word: "Waiting", tone: "text-muted-foreground" },
  running: { glyph: "◐", word: "Downloading", tone: "text-foreground" },
  succeeded: { glyph: "●", word: "Installed", tone: "text-ok" },
  failed: { glyph: "✕", word: "Failed", tone: "text-destructive" },
  cancelling: { glyph: "◌", word: "Stopping", tone: "text-muted-foreground" },
  cancelled: { glyph: "○", word: "Cancelled", tone: "text-muted-foreground" },
};

export function PullRow({ job, onCancel, onRetry }: PullRowProps) {
  const { glyph, word, tone } = WORDS[job.status];
  const { done, total } = job.progress;
  const underWay = isUnderWay(job);
  // A size of a few bytes is the count that a job without one ends with.
  const size =
    total > 1000 ? (underWay ? `${formatBytes(done)} of ${formatBytes(total)}` : formatBytes(total)) : null;
  const when = underWay ? null : formatWhen(parseTime(job.finished_at ?? job.created_at));
  return (
    <li className="grid gap-1 border-b px-3 py-2 last:border-b-0">
      <div className="flex items-center gap-2 max-md:flex-wrap max-md:gap-y-0">
        <span className="min-w-0 flex-1 break-all font-medium max-md:basis-full">{job.label}</span>
        <span className={`shrink-0 text-meta ${tone}`}>
          <span aria-hidden>{glyph}</span> {word}
        </span>
        <span className="tabular shrink-0 text-faint text-meta">
          {[size, when].filter(Boolean).join(" · ")}
        </span>
        {underWay && job.status !== "cancelling" && (
          <Button variant="ghost" className="max-md:ml-auto" onClick={onCancel}>
            Cancel<span className="sr-only"> the download of {job.label}</span>
          </Button>
        )}
        {onRetry && (job.status === "failed" || job.status === "cancelled") && (
          <Button variant="ghost" className="max-md:ml-auto" onClick={onRetry}>
            {job.status === "failed" ? "Retry" : "Go on"}
            <span className="sr-only"> with the download of {job.label}</span>
          </Button>
        )}
      </div>
      {underWay && (
        <Progress
          value={total > 0 ? (done / total) * 100 : null}
          aria-label={`Download of ${job.label}`}
          aria-valuetext={size ?? "beginning"}
        />
      )}
      {job.error && <p className="text-meta">{sentences(job.error.detail, job.error.fix)}</p>}
    </li>
  );
}
