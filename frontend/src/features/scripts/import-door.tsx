/** The three ways into a project: a file, pasted text, the sample. */
import { FileText } from "lucide-react";
import { type ReactNode, useId, useState } from "react";
import { Button } from "@/components/ui/button";
import { Textarea } from "@/components/ui/textarea";
import { ImportProblem } from "./import-problem";
import type { ImportScript } from "./use-import-script";

interface ImportDoorProps {
  importer: ImportScript;
  /** Opens the file dialog. */
  onChooseFile: () => void;
  /** A further way in, such as the sample. */
  children?: ReactNode;
}

export function ImportDoor({ importer, onChooseFile, children }: ImportDoorProps) {
  const id = useId();
  const [text, setText] = useState("");
  const hasText = text.trim() !== "";

  return (
    <div className="grid gap-4">
      <div className="grid gap-4 md:grid-cols-2">
        <div className="flex min-h-48 flex-col items-center justify-center gap-3 rounded-lg border border-input border-dashed p-4 text-center max-md:min-h-36">
          <FileText className="size-8 text-faint" strokeWidth={1.5} aria-hidden />
          <p className="text-muted-foreground">
            Drop a screenplay anywhere on this page.
            <br />
            <span className="text-faint">.fountain, .txt, .fdx or .pdf</span>
          </p>
          <Button
            variant={hasText ? "outline" : "default"}
            disabled={importer.isReading}
            onClick={onChooseFile}
          >
            {importer.isReading ? "Reading…" : "Choose a file"}
          </Button>
        </div>
        <div className="flex flex-col gap-2">
          <label htmlFor={id} className="font-medium text-faint text-meta">
            Or paste the text
          </label>
          <Textarea
            id={id}
            value={text}
            onChange={(event) => setText(event.target.value)}
            placeholder={
              "INT. LIGHTHOUSE - LAMP ROOM - NIGHT\n\nRain needles the glass. MARA winds the lamp."
            }
            className="min-h-36 flex-1 resize-none font-script"
          />
          <Button
            variant={hasText ? "default" : "outline"}
            className="self-start"
            disabled={!hasText || importer.isReading}
            title={hasText ? undefined : "Paste some text first"}
            onClick={() => importer.previewText(text)}
          >
            Preview the text
          </Button>
        </div>
      </div>
      {importer.problem && <ImportProblem problem={importer.problem} />}
      {children}
    </div>
  );
}
