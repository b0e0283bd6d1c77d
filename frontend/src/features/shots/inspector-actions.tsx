/** Buttons in the inspector's head: previous, next, and the rest of what can be done with the shot. */
import {
  ArrowDown,
  ArrowUp,
  ChevronLeft,
  ChevronRight,
  Copy,
  CopyPlus,
  Merge,
  MoreHorizontal,
  Scissors,
  Trash2,
} from "lucide-react";
import type { ShotRead } from "@/client/types.gen";
import { Tip } from "@/components/tip";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuSeparator,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { Kbd } from "@/components/ui/kbd";
import { copyJson } from "./copy-json";
import { useShotsStore } from "./shots-store";
import { useNewShot } from "./use-new-shot";
import { useWorkspace } from "./workspace-context";

export function InspectorActions({ shot, order }: { shot: ShotRead; order: ShotRead[] }) {
  const { groups, shotActions, bulk, deleteShots, select } = useWorkspace();
  const addShot = useNewShot();
  const at = order.findIndex((one) => one.id === shot.id);
  const before = order[at - 1];
  const after = order[at + 1];
  const siblings = groups.get(shot.scene_id) ?? [];
  const place = siblings.findIndex((one) => one.id === shot.id) + 1;
  const next = siblings[place];
  const move = (position: number) => shotActions.move(shot.id, shot.scene_id, position);

  return (
    <span className="flex shrink-0">
      <Tip text="Previous shot" keys="k">
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label="Previous shot"
          aria-disabled={!before}
          onClick={() => before && select(before.id)}
        >
          <ChevronLeft />
        </Button>
      </Tip>
      <Tip text="Next shot" keys="j">
        <Button
          variant="ghost"
          size="icon-sm"
          aria-label="Next shot"
          aria-disabled={!after}
          onClick={() => after && select(after.id)}
        >
          <ChevronRight />
        </Button>
      </Tip>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon-sm" aria-label={`More for shot ${shot.number}`}>
            <MoreHorizontal />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent align="end" onCloseAutoFocus={(event) => event.preventDefault()}>
          <DropdownMenuItem disabled={place <= 1} onSelect={() => move(place - 1)}>
            <ArrowUp /> Move up
          </DropdownMenuItem>
          <DropdownMenuItem disabled={place >= siblings.length} onSelect={() => move(place + 1)}>
            <ArrowDown /> Move down
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={() => useShotsStore.setState({ splitting: shot.id })}>
            <Scissors /> Split… <Kbd className="ml-auto">S</Kbd>
          </DropdownMenuItem>
          <DropdownMenuItem disabled={!next} onSelect={() => next && void bulk.merge(shot.id, next.id)}>
            <Merge /> {next ? `Merge with ${next.number}` : "Merge with the next"}
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={() => void addShot(shot.scene_id, shot.sequence_number + 1, shot)}>
            <CopyPlus /> Duplicate
          </DropdownMenuItem>
          <DropdownMenuItem disabled={!shot.veo_json_payload} onSelect={() => void copyJson(shot)}>
            <Copy /> Copy the JSON
          </DropdownMenuItem>
          <DropdownMenuSeparator />
          <DropdownMenuItem
            variant="destructive"
            onSelect={() => {
              select((after ?? before)?.id ?? null);
              deleteShots([shot]);
            }}
          >
            <Trash2 /> Delete
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
    </span>
  );
}
