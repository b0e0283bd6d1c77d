/** Background work in plain words. */
import type { JobRead } from "@/client/types.gen";
import { formatDuration } from "@/lib/estimate";
import { parseTime } from "@/lib/format";

const KINDS: Record<string, string> = {
  "scripts.parse": "Import of a screenplay",
  "scripts.break_down": "Breakdown of scenes",
  "scripts.break_down_again": "Breakdown again",
  "shots.generate_flow": "Flow document",
  "assets.make_thumbnail": "Thumbnail",
  "assets.delete_objects": "Removing stored pictures",
  "llm.pull": "Download of a model",
  "projects.delete_objects": "Removing stored pictures",
};

export function kindOf(job: JobRead): string {
  return KINDS[job.kind] ?? job.kind.replaceAll(/[._]/g, " ");
}

const ASKING: ReadonlySet<string> = new Set([
  "scripts.parse",
  "scripts.break_down",
  "scripts.break_down_again",
  "shots.generate_flow",
]);

/** Whether a job, or a part of it, may have asked the language model. */
export const asksModel = ({ kind }: JobRead) => ASKING.has(kind);

interface StatusWords {
  glyph: string;
  word: string;
  tone: string;
}

const STATUSES: Record<JobRead["status"], StatusWords> = {
  queued: { glyph: "○", word: "Waiting", tone: "text-muted-foreground" },
  running: { glyph: "◐", word: "Running", tone: "text-foreground" },
  succeeded: { glyph: "●", word: "Done", tone: "text-ok" },
  failed: { glyph: "✕", word: "Failed", tone: "text-destructive" },
  cancelling: { glyph: "◌", word: "Stopping", tone: "text-muted-foreground" },
  cancelled: { glyph: "○", word: "Cancelled", tone: "text-muted-foreground" },
};

export const statusOf = (job: JobRead): StatusWords => STATUSES[job.status];

export const isActive = ({ status }: JobRead) =>
  status === "queued" || status === "running" || status === "cancelling";

/** How long it ran, or runs; null before it has started. */
export function durationOf(job: JobRead, now: number = Date.now()): string | null {
  if (!job.started_at) return null;
  const end = job.finished_at ? parseTime(job.finished_at).getTime() : now;
  return formatDuration((end - parseTime(job.started_at).getTime()) / 1000);
}
