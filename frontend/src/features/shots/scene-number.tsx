/** The number of a scene, changed where it stands with a double click: 12, 12A, A12. */
import { useState } from "react";
import type { SceneRead } from "@/client/types.gen";
import { InlineName } from "@/components/inline-name";
import { useWorkspace } from "./workspace-context";

const MAX_LENGTH = 8;

export function SceneNumber({ scene }: { scene: SceneRead }) {
  const { sceneActions } = useWorkspace();
  const [isEditing, setIsEditing] = useState(false);
  return isEditing ? (
    <InlineName
      value={scene.number}
      label={`Number of scene ${scene.number}`}
      maxLength={MAX_LENGTH}
      autoFocus
      onSave={(number) => sceneActions.renumber(scene.id, number.toUpperCase())}
      onDone={() => setIsEditing(false)}
      className="tabular h-7 w-16 shrink-0"
    />
  ) : (
    // biome-ignore lint/a11y/noStaticElementInteractions: a shortcut; the slugline beside it works the same way
    <span
      title="Double click to change the number"
      className="tabular shrink-0 font-semibold"
      onDoubleClick={() => setIsEditing(true)}
    >
      {scene.number}
    </span>
  );
}
