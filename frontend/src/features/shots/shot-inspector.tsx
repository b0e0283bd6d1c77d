/** The shot one works on: slots, words and JSON together, without a tab between them. */
import type { ShotRead } from "@/client/types.gen";
import { ActionField } from "./action-field";
import { CameraFields } from "./camera-fields";
import { DialogueLines } from "./dialogue-lines";
import { DocumentNotice } from "./document-notice";
import { IngredientTray } from "./ingredient-tray";
import { JsonPane } from "./json-pane";
import { ScriptChangeNotice } from "./script-change-notice";
import { SlotCards } from "./slot-cards";
import type { Engine } from "./use-shot-actions";

interface ShotInspectorProps {
  shot: ShotRead;
  onGenerate: (shot: ShotRead, engine?: Engine) => void;
}

export function ShotInspector({ shot, onGenerate }: ShotInspectorProps) {
  const generate = (engine?: Engine) => onGenerate(shot, engine);
  return (
    <div className="flex min-h-full flex-col gap-2.5 p-3">
      <SlotCards shot={shot} />
      <IngredientTray shot={shot} />
      <ActionField key={`action ${shot.id}`} shot={shot} />
      <CameraFields key={`camera ${shot.id}`} shot={shot} />
      <DialogueLines lines={shot.dialogue} />
      <ScriptChangeNotice shot={shot} />
      <DocumentNotice shot={shot} onGenerate={generate} />
      <JsonPane shot={shot} onGenerate={generate} />
    </div>
  );
}
