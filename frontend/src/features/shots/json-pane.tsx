/** The document of the shot: read, edited, checked, copied. */
import { Expand } from "lucide-react";
import { useState } from "react";
import type { ShotRead } from "@/client/types.gen";
import { CopyButton } from "@/components/copy-button";
import { Tip } from "@/components/tip";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogDescription, DialogTitle } from "@/components/ui/dialog";
import { DocumentActions } from "./document-actions";
import { JsonBody } from "./json-body";
import { JsonProblems } from "./json-problems";
import { sourceWords, stateOf } from "./shot-state";
import { useJsonDocument } from "./use-json-document";
import type { Engine } from "./use-shot-actions";

interface JsonPaneProps {
  shot: ShotRead;
  onGenerate: (engine?: Engine) => void;
}

export function JsonPane({ shot, onGenerate }: JsonPaneProps) {
  const document = useJsonDocument(shot);
  const [isLarge, setIsLarge] = useState(false);
  const hasDocument = document.text !== "" || document.isDirty;
  const state = stateOf(shot);
  const facts = document.isDirty ? "not saved" : sourceWords(shot.payload_source);

  const pane = (
    <div className="-mx-3 -mb-3 sticky bottom-0 z-10 grid gap-2 bg-surface px-3 pt-1 pb-3">
      <JsonProblems
        problems={document.problems}
        isOutdated={document.isOutdated}
        onDiscard={document.revert}
      />
      <DocumentActions shot={shot} state={state} document={document} onGenerate={onGenerate} />
    </div>
  );
  return (
    <section aria-label="Flow JSON" className="flex min-h-60 flex-1 flex-col gap-2">
      <div className="flex items-center gap-1">
        <h3 className="font-medium text-faint text-meta">Flow JSON</h3>
        {hasDocument && (
          <span className="tabular min-w-0 flex-1 truncate text-meta text-muted-foreground">
            · {document.isDirty && <span className="text-warn">● </span>}
            {[facts, `${document.text.length.toLocaleString()} characters`].filter(Boolean).join(" · ")}
          </span>
        )}
        {!hasDocument && <span className="flex-1" />}
        {hasDocument && (
          <CopyButton
            text={document.text}
            variant={state === "ready" && !document.isDirty ? "default" : "ghost"}
          />
        )}
        {hasDocument && (
          <Tip text="Edit in the whole window">
            <Button
              variant="ghost"
              size="icon-sm"
              aria-label="Edit in the whole window"
              onClick={() => setIsLarge(true)}
            >
              <Expand />
            </Button>
          </Tip>
        )}
      </div>
      {!isLarge && <JsonBody shot={shot} state={state} document={document} isLarge={false} />}
      {!isLarge && pane}
      <Dialog open={isLarge} onOpenChange={setIsLarge}>
        <DialogContent className="bg-surface pb-3 flex h-[calc(100dvh-2rem)] max-w-5xl flex-col gap-2">
          <DialogTitle>Flow JSON of shot {shot.number}</DialogTitle>
          <DialogDescription className="sr-only">
            Checked against the schema while you type.
          </DialogDescription>
          {isLarge && <JsonBody shot={shot} state={state} document={document} isLarge />}
          {pane}
        </DialogContent>
      </Dialog>
    </section>
  );
}
