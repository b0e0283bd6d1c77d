/** One file of the upload queue. */

import { RotateCw, X } from "lucide-react";
import type { AssetType } from "@/client/types.gen";
import { KindSelect } from "@/components/kind-select";
import { Button } from "@/components/ui/button";
import { Progress } from "@/components/ui/progress";
import { sentences } from "@/lib/format";
import { isPassing } from "@/lib/problem";
import type { Upload } from "./upload-store";

interface UploadRowProps {
  upload: Upload;
  onKind: (kind: AssetType) => void;
  onRetry: () => void;
  onDismiss: () => void;
}

export function UploadRow({ upload, onKind, onRetry, onDismiss }: UploadRowProps) {
  const { file, status, progress, problem, kind } = upload;
  const canRetry = status === "failed" && problem !== undefined && isPassing(problem);
  return (
    <li className="grid min-h-9 grid-cols-[minmax(0,1fr)_auto] items-center gap-x-2 border-b px-3 py-1 last:border-b-0 md:grid-cols-[minmax(0,1fr)_auto_auto]">
      <div className="min-w-0">
        <p className="truncate" title={file.name}>
          {file.name}
        </p>
        {status === "failed" ? (
          <p role="alert" className="text-meta text-muted-foreground">
            <span aria-hidden className="text-destructive">
              ✕{" "}
            </span>
            {sentences(problem?.detail, problem?.fix)}
          </p>
        ) : (
          status === "uploading" && (
            <Progress value={progress} aria-label={`Upload of ${file.name}`} className="mt-1" />
          )
        )}
      </div>
      {status === "failed" ? (
        canRetry ? (
          <Button variant="outline" className="w-fit max-md:order-last" onClick={onRetry}>
            <RotateCw /> Retry
          </Button>
        ) : (
          <span className="max-md:hidden" />
        )
      ) : (
        <div className="flex items-center gap-2 max-md:order-last">
          <KindSelect
            label={`Kind of ${file.name}`}
            value={kind}
            onChange={onKind}
            className="w-32 max-md:w-40"
          />
          <span className="tabular w-10 text-right text-meta max-md:w-14 text-muted-foreground">
            {status === "done"
              ? "Added"
              : status === "uploading"
                ? `${progress} %`
                : status === "queued" && "Waits"}
          </span>
        </div>
      )}
      <Button variant="ghost" size="icon-sm" aria-label={`Dismiss ${file.name}`} onClick={onDismiss}>
        <X />
      </Button>
    </li>
  );
}
