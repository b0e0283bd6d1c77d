/** What of the script changed under a shot, and the two ways to end that: keep it, or break the scene down again. */
import { useQuery } from "@tanstack/react-query";
import { listSceneElementsOptions } from "@/client/@tanstack/react-query.gen";
import type { ShotRead } from "@/client/types.gen";
import { Button } from "@/components/ui/button";
import { scriptChangeWords } from "./script-change-words";
import { useScriptChange } from "./use-script-change";

export function ScriptChangeNotice({ shot }: { shot: ShotRead }) {
  const isChanged = shot.script_changes.length > 0;
  const { data } = useQuery({
    ...listSceneElementsOptions({ path: { scene_id: shot.scene_id } }),
    enabled: isChanged,
  });
  const { accept, breakDown, isBusy } = useScriptChange(shot);
  if (!isChanged) return null;
  return (
    <div className="grid gap-1.5 rounded-md border border-warn px-2 py-1.5">
      <p>
        <span aria-hidden className="text-warn">
          ▲
        </span>{" "}
        {scriptChangeWords(shot.script_changes, data?.items ?? [])}
      </p>
      <div className="flex flex-wrap gap-2">
        <Button variant="outline" disabled={isBusy} onClick={accept}>
          Keep as it is
        </Button>
        <Button
          variant="outline"
          disabled={isBusy}
          onClick={breakDown}
          title="Makes the scene's stale shots again and covers what no shot covers; your other shots stay"
        >
          Break this scene down again
        </Button>
      </div>
    </div>
  );
}
