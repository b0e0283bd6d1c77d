/** The head of a scene in the table: number, slugline, counts, and what can be done with it. */
import { useDroppable } from "@dnd-kit/core";
import { ChevronDown, ChevronRight } from "lucide-react";
import { memo, useState } from "react";
import type { SceneRead, ShotRead } from "@/client/types.gen";
import { InlineName } from "@/components/inline-name";
import { formatRunningTime } from "@/lib/estimate";
import { formatPages, plural } from "@/lib/format";
import { cn } from "@/lib/utils";
import type { DropTarget } from "./drag-data";
import { SceneMenu } from "./scene-menu";
import { SceneNumber } from "./scene-number";
import { toggleScene } from "./shots-store";
import { useWorkspace } from "./workspace-context";

interface SceneHeaderProps {
  scene: SceneRead;
  shots: ShotRead[];
  isCollapsed: boolean;
  isDropTarget: boolean;
}

export const SceneHeader = memo(function SceneHeader({
  scene,
  shots,
  isCollapsed,
  isDropTarget,
}: SceneHeaderProps) {
  const { sceneActions } = useWorkspace();
  const [isRenaming, setIsRenaming] = useState(false);
  const target: DropTarget = { type: "scene", sceneId: scene.id };
  const { setNodeRef } = useDroppable({ id: `scene ${scene.id}`, data: target });
  const Chevron = isCollapsed ? ChevronRight : ChevronDown;
  const seconds = shots.reduce((sum, shot) => sum + (shot.duration ?? 0), 0);
  const facts = [
    plural(shots.length, "shot"),
    shots.length > 0 ? formatRunningTime(seconds) : null,
    scene.eighths ? formatPages(scene.eighths) : null,
  ].filter(Boolean);

  return (
    <div
      ref={setNodeRef}
      className={cn(
        "flex h-8 items-center gap-2 border-b bg-surface pr-2 pl-1 max-md:h-11",
        isDropTarget && "shadow-[inset_0_-2px_0_var(--primary)]",
      )}
    >
      <button
        type="button"
        aria-expanded={!isCollapsed}
        aria-label={`${isCollapsed ? "Unfold" : "Fold"} scene ${scene.number}`}
        onClick={() => toggleScene(scene.id)}
        className="flex size-7 shrink-0 items-center justify-center rounded-sm text-faint outline-offset-0 hover:bg-hover max-md:size-11"
      >
        <Chevron className="size-4" aria-hidden />
      </button>
      <SceneNumber scene={scene} />
      {isRenaming ? (
        <InlineName
          value={scene.slugline}
          label={`Slugline of scene ${scene.number}`}
          autoFocus
          onSave={(slugline) => sceneActions.rename(scene.id, slugline)}
          onDone={() => setIsRenaming(false)}
          className="h-7 min-w-0 flex-1"
        />
      ) : (
        <h2
          className="min-w-0 truncate font-semibold"
          title={scene.slugline}
          onDoubleClick={() => setIsRenaming(true)}
        >
          {scene.slugline}
        </h2>
      )}
      <span className="tabular shrink-0 text-faint text-meta max-md:hidden">{facts.join(" · ")}</span>
      <span className="tabular shrink-0 text-faint text-meta md:hidden">{facts[0]}</span>
      <span className={cn(!isRenaming && "flex-1")} />
      <SceneMenu scene={scene} shots={shots} onRename={() => setIsRenaming(true)} />
    </div>
  );
});
