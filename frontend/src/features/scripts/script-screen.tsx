/** The script of a project: a door while there is none, then the lined page; a dropped file is imported. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { FileDiff } from "lucide-react";
import { useState } from "react";
import { useNavigate, useSearchParams } from "react-router";
import { listScriptsOptions } from "@/client/@tanstack/react-query.gen";
import type { ShotRead } from "@/client/types.gen";
import { ScreenBoundary } from "@/components/screen-boundary";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogDescription, DialogTitle } from "@/components/ui/dialog";
import { DraftChoice } from "./draft-choice";
import { DropPage } from "./drop-page";
import type { Engine } from "./engine";
import { ImportDoor } from "./import-door";
import { OpenDrafts } from "./open-drafts";
import { PreviewScreen } from "./preview-screen";
import { SampleButton } from "./sample-button";
import { SceneBin } from "./scene-bin";
import { ScriptSkeleton } from "./script-skeleton";
import { ScriptToolbar } from "./script-toolbar";
import { ScriptView } from "./script-view";
import { useImportScript } from "./use-import-script";

interface ScriptScreenProps {
  projectId: string;
  /** Undefined until they are there. */
  shots: ShotRead[] | undefined;
  shotsPath: string;
  shotPath: (shotId: string) => string;
  draftPath: (draftId: string) => string;
  onOpenProject: (projectId: string) => void;
}

export function ScriptScreen(props: ScriptScreenProps) {
  const { projectId, shots, shotsPath, shotPath, draftPath, onOpenProject } = props;
  const navigate = useNavigate();
  const { data: scripts } = useSuspenseQuery(listScriptsOptions({ path: { project_id: projectId } }));
  const [search, setSearch] = useSearchParams();
  const [engine, setEngine] = useState<Engine>("auto");
  const [isImporting, setIsImporting] = useState(false);
  // A file given to a project that has a script: its next draft, or another screenplay?
  const [given, setGiven] = useState<File | null>(null);
  const wanted = search.get("script");
  const script = scripts.items.find((one) => one.id === wanted) ?? scripts.items[0];
  const line = Number(search.get("line"));

  const show = (scriptId: string, at?: number) =>
    setSearch({ script: scriptId, ...(at ? { line: String(at) } : {}) }, { replace: true });
  const importer = useImportScript(projectId, (scriptId) => {
    setIsImporting(false);
    show(scriptId);
  });

  if (importer.preview)
    return (
      <PreviewScreen
        key={importer.preview.sha256}
        preview={importer.preview}
        engine={engine}
        onEngine={setEngine}
        isSending={importer.isSending}
        problem={importer.problem}
        onBack={importer.discardPreview}
        onImport={(plan) => importer.importPlanned(plan, engine)}
      />
    );

  return (
    <DropPage
      onFile={(file) => {
        if (!script) return importer.previewFile(file);
        setIsImporting(false);
        setGiven(file);
      }}
      onMany={() => {
        if (script) setIsImporting(true);
        importer.refuseMany();
      }}
    >
      {(chooseFile) =>
        script ? (
          <>
            <ScriptToolbar
              scripts={scripts.items}
              script={script}
              onScript={show}
              onImport={() => setIsImporting(true)}
              shotsPath={shotsPath}
            >
              <SceneBin projectId={projectId} isTight />
              <Button variant="outline" onClick={chooseFile} className="max-md:hidden">
                <FileDiff /> New draft
              </Button>
            </ScriptToolbar>
            <OpenDrafts projectId={projectId} draftPath={draftPath} />
            <ScreenBoundary
              what="Could not show the script."
              skeleton={<ScriptSkeleton />}
              resetKeys={[script.id]}
            >
              <ScriptView
                key={script.id}
                projectId={projectId}
                script={script}
                shots={shots}
                target={line > 0 ? line : null}
                onLine={(at) => show(script.id, at)}
                shotPath={shotPath}
              />
            </ScreenBoundary>
            <DraftChoice
              projectId={projectId}
              script={script}
              file={given}
              onClose={() => setGiven(null)}
              onDraft={(draftId) => void navigate(draftPath(draftId))}
              onAnother={(file) => {
                // The door opens, so that what is refused has a place to be said.
                setGiven(null);
                setIsImporting(true);
                importer.previewFile(file);
              }}
            />
            <Dialog open={isImporting} onOpenChange={setIsImporting}>
              <DialogContent className="max-w-3xl">
                <DialogTitle>Import another screenplay</DialogTitle>
                <DialogDescription>
                  Its scenes go after those that are there; nothing is deleted.
                </DialogDescription>
                <ImportDoor importer={importer} onChooseFile={chooseFile} />
              </DialogContent>
            </Dialog>
          </>
        ) : (
          <div className="min-h-0 flex-1 overflow-y-auto">
            <div className="mx-auto grid max-w-3xl gap-4 p-6 max-md:p-4 md:pt-[10vh]">
              <div className="grid gap-1">
                <h1 className="font-semibold text-page">Bring in a screenplay</h1>
                <p className="text-muted-foreground">
                  Its scenes and a first list of shots appear within seconds.
                </p>
              </div>
              <ImportDoor importer={importer} onChooseFile={chooseFile}>
                <SampleButton onOpened={onOpenProject} />
              </ImportDoor>
            </div>
          </div>
        )
      }
    </DropPage>
  );
}
