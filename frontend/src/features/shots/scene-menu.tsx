/** What can be done with a scene. */
import {
  ArrowDown,
  ArrowUp,
  ListPlus,
  MoreHorizontal,
  Pencil,
  Plus,
  RefreshCw,
  Sparkles,
  Trash2,
} from "lucide-react";
import { useRef, useState } from "react";
import type { SceneRead, ShotRead } from "@/client/types.gen";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { plural } from "@/lib/format";
import { DeleteSceneDialog } from "./delete-scene-dialog";
import { needsDocument, useGenerateMany } from "./use-generate-many";
import { useNewShot } from "./use-new-shot";
import { useWorkspace } from "./workspace-context";

interface SceneMenuProps {
  scene: SceneRead;
  shots: ShotRead[];
  onRename: () => void;
}

export const NEW_SLUGLINE = "INT. NEW SCENE - DAY";

export function SceneMenu({ scene, shots, onRename }: SceneMenuProps) {
  const { projectId, scenes, sceneActions, onBreakDown } = useWorkspace();
  const [isDeleting, setIsDeleting] = useState(false);
  const isRenaming = useRef(false);
  const addShot = useNewShot();
  const generateMany = useGenerateMany(projectId);
  const at = scenes.findIndex((one) => one.id === scene.id);
  const waiting = shots.filter(needsDocument);

  const moveBy = (step: number) => {
    const ids = scenes.map((one) => one.id);
    ids.splice(at + step, 0, ...ids.splice(at, 1));
    sceneActions.reorder(ids);
  };

  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon-sm" aria-label={`More for scene ${scene.number}`}>
            <MoreHorizontal />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent
          align="end"
          onCloseAutoFocus={(event) => {
            if (!isRenaming.current) return;
            event.preventDefault();
            // Not earlier: while the menu closes, it keeps the focus to itself.
            onRename();
            isRenaming.current = false;
          }}
        >
          <DropdownMenuItem onSelect={() => addShot(scene.id, shots.length + 1)}>
            <Plus /> Add a shot
          </DropdownMenuItem>
          <DropdownMenuItem disabled={waiting.length === 0} onSelect={() => generateMany(waiting)}>
            <Sparkles />
            {waiting.length === 0
              ? "All documents are made"
              : `Generate ${plural(waiting.length, "document")}`}
          </DropdownMenuItem>
          {scene.element_count > 0 && (
            <DropdownMenuItem onSelect={() => onBreakDown([scene])}>
              <RefreshCw /> Break down again…
            </DropdownMenuItem>
          )}
          <DropdownMenuSeparator />
          <DropdownMenuItem
            onSelect={() => {
              isRenaming.current = true;
            }}
          >
            <Pencil /> Rename
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={() => void sceneActions.create(NEW_SLUGLINE, at + 2)}>
            <ListPlus /> Add a scene below
          </DropdownMenuItem>
          <DropdownMenuItem disabled={at <= 0} onSelect={() => moveBy(-1)}>
            <ArrowUp /> Move up
          </DropdownMenuItem>
          <DropdownMenuItem disabled={at >= scenes.length - 1} onSelect={() => moveBy(1)}>
            <ArrowDown /> Move down
          </DropdownMenuItem>
          <DropdownMenuSeparator />
          <DropdownMenuItem variant="destructive" onSelect={() => setIsDeleting(true)}>
            <Trash2 /> Delete…
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
      <DeleteSceneDialog
        scene={scene}
        shotCount={shots.length}
        open={isDeleting}
        onOpenChange={setIsDeleting}
        onDelete={() => sceneActions.remove(scene.id)}
      />
    </>
  );
}
