/** What can be done with the document now; the next step is the filled button. */
import { ClipboardType, Sparkles } from "lucide-react";
import type { ShotRead } from "@/client/types.gen";
import { KeyCaps } from "@/components/key-caps";
import { Tip } from "@/components/tip";
import { Button } from "@/components/ui/button";
import { copyPrompt } from "./copy-prompt";
import type { ShotState } from "./shot-state";
import type { JsonDocument } from "./use-json-document";
import type { Engine } from "./use-shot-actions";

interface DocumentActionsProps {
  shot: ShotRead;
  state: ShotState;
  document: JsonDocument;
  onGenerate: (engine?: Engine) => void;
}

export function DocumentActions({ shot, state, document, onGenerate }: DocumentActionsProps) {
  if (document.isDirty) {
    return (
      <div className="flex gap-2">
        <Button onClick={document.save} disabled={document.isSaving}>
          {document.isSaving ? "Saving…" : "Save"}{" "}
          <KeyCaps keys="mod+s" className="[&_kbd]:bg-transparent [&_kbd]:text-current" />
        </Button>
        <Button variant="outline" onClick={document.revert}>
          Revert
        </Button>
        <Button variant="ghost" onClick={document.format}>
          Format
        </Button>
      </div>
    );
  }
  const isWorking = state === "working";
  return (
    <div className="flex gap-2">
      {shot.veo_json_payload && (
        <Tip text="The document in words, to paste into Flow">
          <Button variant="outline" className="flex-1" onClick={() => copyPrompt(shot)}>
            <ClipboardType />
            Copy prompt
          </Button>
        </Tip>
      )}
      <Button
        variant={state === "ready" ? "outline" : "default"}
        className="flex-1"
        disabled={isWorking}
        onClick={() => onGenerate()}
      >
        <Sparkles />
        {isWorking ? "Generating…" : shot.veo_json_payload ? "Generate again" : "Generate"}
      </Button>
    </div>
  );
}
