/** The upload queue above the status bar: progress, the kinds still to choose, and what went wrong. */
import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import { plural } from "@/lib/format";
import { KIND_ORDER, KINDS } from "@/lib/ingredients";
import { UploadRow } from "./upload-row";
import type { Upload } from "./upload-store";
import { useUploads } from "./use-uploads";

/** How long a finished upload stays listed once nothing else is going on. */
const DONE_STAYS_MS = 5_000;

export function UploadTray({ projectId }: { projectId: string }) {
  const { uploads: all, setKind, retry, dismiss, clearDone } = useUploads();
  const uploads = all.filter((one) => one.projectId === projectId);
  const waiting = uploads.filter((one) => one.status === "needs-kind");
  const failed = uploads.filter((one) => one.status === "failed");
  const isBusy = uploads.some((one) => one.status === "queued" || one.status === "uploading");
  const hasDone = uploads.some((one) => one.status === "done");

  useEffect(() => {
    if (isBusy || !hasDone || waiting.length > 0) return;
    const timer = setTimeout(clearDone, DONE_STAYS_MS);
    return () => clearTimeout(timer);
  }, [isBusy, hasDone, waiting.length, clearDone]);

  if (uploads.length === 0) return null;
  return (
    <section aria-label="Uploads" className="flex max-h-[45%] shrink-0 flex-col border-t bg-surface">
      <div className="flex min-h-10 shrink-0 flex-wrap items-center gap-x-3 gap-y-1 border-b px-3 py-1">
        <p role="status" className="flex-1 font-semibold">
          {summary(uploads)}
        </p>
        {waiting.length > 1 && (
          <div className="flex flex-wrap items-center gap-1 max-md:w-full">
            <span className="text-muted-foreground max-md:w-full">All {waiting.length} are</span>
            {KIND_ORDER.map((kind) => (
              <Button
                key={kind}
                variant="outline"
                className="max-md:px-2"
                onClick={() => {
                  for (const one of waiting) setKind(one.id, kind);
                }}
              >
                {KINDS[kind].plural}
              </Button>
            ))}
          </div>
        )}
        {failed.length > 1 && (
          <Button
            variant="ghost"
            onClick={() => {
              for (const one of failed) dismiss(one.id);
            }}
          >
            Dismiss {failed.length} problems
          </Button>
        )}
      </div>
      <ul className="min-h-0 overflow-y-auto">
        {uploads.map((upload) => (
          <UploadRow
            key={upload.id}
            upload={upload}
            onKind={(kind) => setKind(upload.id, kind)}
            onRetry={() => retry(upload.id)}
            onDismiss={() => dismiss(upload.id)}
          />
        ))}
      </ul>
    </section>
  );
}

function summary(uploads: readonly Upload[]): string {
  const count = (status: Upload["status"]) => uploads.filter((one) => one.status === status).length;
  const waiting = count("needs-kind");
  const failed = count("failed");
  const sent = uploads.length - failed - waiting;
  return [
    sent > 0 && `${count("done")} of ${plural(sent, "picture")} added`,
    waiting > 0 && `${waiting} without a kind`,
    failed > 0 && `${failed} not added`,
  ]
    .filter(Boolean)
    .join(" · ");
}
