/** What can be done with all scenes, or with several at once: break them down again, number them anew. */
import { ListOrdered, MoreHorizontal, RefreshCw } from "lucide-react";
import { useMemo, useState } from "react";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { useCommands } from "@/lib/commands";
import { ChooseScenesDialog } from "./choose-scenes-dialog";
import { NumberScenesDialog } from "./number-scenes-dialog";
import { pickedOf, useSelectionStore } from "./use-selection";
import { useWorkspace } from "./workspace-context";

export function ScenesMenu() {
  const { scenes, groups, sceneActions, onBreakDown } = useWorkspace();
  const [asked, setAsked] = useState<"break down" | "number" | null>(null);
  const actions = useMemo(
    () => [
      {
        group: "Scenes",
        label: "Break scenes down again…",
        icon: RefreshCw,
        run: () => setAsked("break down"),
      },
      {
        group: "Scenes",
        label: "Number all scenes anew…",
        icon: ListOrdered,
        run: () => setAsked("number"),
      },
    ],
    [],
  );
  useCommands(actions);
  const close = () => setAsked(null);
  const pickedScenes = () => {
    const { picked } = useSelectionStore.getState();
    return new Set(pickedOf(picked, [...groups.values()].flat()).map((shot) => shot.scene_id));
  };

  return (
    <>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon" aria-label="More for all scenes">
            <MoreHorizontal />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end">
          {actions.map(({ label, icon: Icon, run }) => (
            <DropdownMenuItem key={label} onSelect={run}>
              <Icon /> {label}
            </DropdownMenuItem>
          ))}
        </DropdownMenuContent>
      </DropdownMenu>
      {asked === "break down" && (
        <ChooseScenesDialog
          scenes={scenes}
          initial={pickedScenes()}
          onClose={close}
          onChosen={(chosen) => {
            close();
            onBreakDown(chosen);
          }}
        />
      )}
      {asked === "number" && (
        <NumberScenesDialog
          scenes={scenes}
          groups={groups}
          onClose={close}
          onNumber={(start) => {
            close();
            sceneActions.numberAnew(start);
          }}
        />
      )}
    </>
  );
}
