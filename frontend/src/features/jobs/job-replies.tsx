/** The replies that one job got, each with its cost and its refusal; a part with none says nothing. */
import { useQuery } from "@tanstack/react-query";
import { z } from "zod";
import { getJobOptions } from "@/client/@tanstack/react-query.gen";
import { CopyButton } from "@/components/copy-button";
import { formatDuration } from "@/lib/estimate";
import { plural } from "@/lib/format";

const replies = z.array(
  z.object({
    raw: z.string(),
    error: z.string().nullable(),
    prompt_tokens: z.number().nullable(),
    output_tokens: z.number().nullable(),
    duration_seconds: z.number(),
    done_reason: z.string().nullable(),
  }),
);

interface JobRepliesProps {
  jobId: string;
  label: string;
  isOpen: boolean;
}

export function JobReplies({ jobId, label, isOpen }: JobRepliesProps) {
  const { data } = useQuery(getJobOptions({ path: { job_id: jobId } }));
  const parsed = replies.safeParse(data?.log);
  if (!parsed.success || parsed.data.length === 0) {
    return data && isOpen ? (
      <p className="py-2 text-muted-foreground">{label || "This run"}: the language model was not asked.</p>
    ) : null;
  }
  return (
    <details open={isOpen} className="border-t py-2">
      <summary className="cursor-pointer font-medium">
        {label}{" "}
        <span className="font-normal text-faint">{plural(parsed.data.length, "reply", "replies")}</span>
      </summary>
      <ol className="grid gap-3 pt-2">
        {parsed.data.map((reply, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: read-only and in the order they came
          <li key={index} className="grid gap-1">
            <p className="flex flex-wrap items-center gap-x-2 text-meta">
              <span className={reply.error ? "text-warn" : "text-ok"}>
                {reply.error ? "▲ Refused" : "● Accepted"}
              </span>
              <span className="tabular text-faint">
                {[
                  formatDuration(reply.duration_seconds),
                  reply.prompt_tokens !== null && `${reply.prompt_tokens} tokens in`,
                  reply.output_tokens !== null && `${reply.output_tokens} out`,
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
