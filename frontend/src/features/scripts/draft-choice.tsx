/** Asks what a file is that was given to a project with a script: its next draft, or another screenplay. */
import { useEffect, useId, useState } from "react";
import type { ScriptRead } from "@/client/types.gen";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogDescription, DialogFooter, DialogTitle } from "@/components/ui/dialog";
import { ImportProblem } from "./import-problem";
import { useCreateDraft } from "./use-draft-actions";

interface DraftChoiceProps {
  projectId: string;
  script: ScriptRead;
  /** The file to ask about; null while there is nothing to ask. */
  file: File | null;
  onClose: () => void;
  onDraft: (draftId: string) => void;
  onAnother: (file: File) => void;
}

const CHOICES = ["draft", "another"] as const;

export function DraftChoice({ projectId, script, file, onClose, onDraft, onAnother }: DraftChoiceProps) {
  const name = useId();
  const [choice, setChoice] = useState<(typeof CHOICES)[number]>("draft");
  const { send, reset, isSending, problem } = useCreateDraft(projectId, onDraft);
  // Each file is asked about anew.
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new file starts again
  useEffect(() => {
    setChoice("draft");
    reset();
  }, [file]);
  if (file === null) return null;
  const words = {
    draft: {
      label: `Revised draft of ${script.filename}`,
      hint: "You see what changed before anything does. Shots, slots and documents stay with what did not change.",
    },
    another: {
      label: "Another screenplay, added after",
      hint: "Its scenes go after those that are there; nothing is deleted.",
    },
  };

  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && !isSending && onClose()}>
      <DialogContent className="max-w-lg">
        <DialogTitle className="wrap-anywhere pr-8">What is {file.name}?</DialogTitle>
        <DialogDescription className="sr-only">Choose how the file is taken in.</DialogDescription>
        <form
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            if (choice === "draft") send(file, script.is_superseded ? undefined : script.id);
            else onAnother(file);
          }}
        >
          <fieldset className="grid gap-1" disabled={isSending}>
            <legend className="sr-only">The file is</legend>
            {CHOICES.map((one) => (
              <label
                key={one}
                className="flex cursor-pointer items-start gap-3 rounded-md border border-transparent p-2 hover:bg-hover has-checked:border-primary has-checked:bg-selected"
              >
                <input
                  type="radio"
                  name={name}
                  value={one}
                  checked={choice === one}
                  onChange={() => setChoice(one)}
                  className="mt-1 accent-primary"
                />
                <span className="grid min-w-0 gap-0.5">
                  <span className="wrap-anywhere font-medium">{words[one].label}</span>
                  <span className="text-muted-foreground">{words[one].hint}</span>
                </span>
              </label>
            ))}
          </fieldset>
          {problem && <ImportProblem problem={problem} />}
          <DialogFooter>
            <Button type="submit" disabled={isSending}>
              {isSending ? "Comparing…" : choice === "draft" ? "Compare" : "Continue"}
            </Button>
            <Button variant="ghost" onClick={onClose} disabled={isSending}>
              Cancel
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
