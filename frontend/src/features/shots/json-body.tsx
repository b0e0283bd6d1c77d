/** The editor with the document, or what stands in its place while there is none. */
import { lazy, Suspense } from "react";
import { ErrorBoundary } from "react-error-boundary";
import type { ShotRead } from "@/client/types.gen";
import { Skeleton } from "@/components/ui/skeleton";
import { Textarea } from "@/components/ui/textarea";
import type { ShotState } from "./shot-state";
import type { JsonDocument } from "./use-json-document";

const JsonEditor = lazy(() => import("./json-editor"));

interface JsonBodyProps {
  shot: ShotRead;
  state: ShotState;
  document: JsonDocument;
  isLarge: boolean;
}

export function JsonBody({ shot, state, document, isLarge }: JsonBodyProps) {
  if (document.text === "" && !document.isDirty) {
    return (
      <div className="flex flex-1 flex-col items-center justify-center gap-1 rounded-md border border-dashed p-3 text-center text-muted-foreground">
        {state === "working" ? (
          <p role="status">Making the document…</p>
        ) : (
          <p>No document yet. Generate makes it from the words, the camera and the slots.</p>
        )}
      </div>
    );
  }
  const plain = (
    <Textarea
      aria-label="Flow JSON of the shot"
      value={document.text}
      onChange={(event) => document.change(event.target.value)}
      className="min-h-0 flex-1 resize-none font-mono text-json"
    />
  );
  return (
    <div className="relative flex min-h-44 flex-1 flex-col overflow-hidden rounded-md border border-input focus-within:border-primary">
      <ErrorBoundary fallback={plain}>
        <Suspense fallback={<Skeleton className="flex-1 rounded-none" />}>
          <div className="absolute inset-0">
            <JsonEditor
              shotId={shot.id}
              text={document.text}
              problems={document.problems}
              onChange={document.change}
              onSave={document.save}
              isLarge={isLarge}
            />
          </div>
        </Suspense>
      </ErrorBoundary>
    </div>
  );
}
