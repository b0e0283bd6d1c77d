/** The replies that one job got, each with its cost and its refusal. */
import { z } from "zod";
import type { JobDetail } from "@/client/types.gen";
import { CopyButton } from "@/components/copy-button";
import { formatDuration } from "@/lib/estimate";
import { plural } from "@/lib/format";

const log = z.array(
  z.object({
    raw: z.string(),
    error: z.string().nullable(),
    prompt_tokens: z.number().nullable(),
    output_tokens: z.number().nullable(),
    duration_seconds: z.number(),
    done_reason: z.string().nullable(),
  }),
);

type Reply = z.infer<typeof log>[number];

/** Of a job that did not ask the model, none. */
export function repliesOf(job: JobDetail): Reply[] {
  const parsed = log.safeParse(job.log);
  return parsed.success ? parsed.data : [];
}

interface JobRepliesProps {
  label: string;
  replies: Reply[];
  isOpen: boolean;
}

export function JobReplies({ label, replies, isOpen }: JobRepliesProps) {
  return (
    <details open={isOpen} className="border-t py-2">
      <summary className="wrap-anywhere cursor-pointer font-medium max-md:min-h-11 max-md:content-center">
        {label} <span className="font-normal text-faint">{plural(replies.length, "reply", "replies")}</span>
      </summary>
      <ol className="grid gap-3 pt-2">
        {replies.map((reply, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: read-only and in the order they came
          <li key={index} className="grid gap-1">
            <p className="flex flex-wrap items-center gap-x-2 text-meta">
              <span className={reply.error ? "text-warn" : "text-ok"}>
                {reply.error ? "▲ Refused" : "● Accepted"}
              </span>
              <span className="tabular text-faint">
                {[
                  formatDuration(reply.duration_seconds),
                  reply.prompt_tokens !== null && `${reply.prompt_tokens.toLocaleString()} tokens in`,
                  reply.output_tokens !== null && `${reply.output_tokens.toLocaleString()} out`,
                  reply.done_reason,
                ]
                  .filter(Boolean)
                  .join(" · ")}
              </span>
              <span className="flex-1" />
              <CopyButton text={reply.raw} what="the reply" />
            </p>
            {reply.error && <p className="wrap-anywhere text-meta">{reply.error}</p>}
            <pre className="wrap-anywhere max-h-72 overflow-y-auto whitespace-pre-wrap rounded-md border bg-surface p-2 font-mono text-meta">
              {reply.raw}
            </pre>
          </li>
        ))}
      </ol>
    </details>
  );
}
