/** Chooses the scenes that are broken down again together. */
import { useState } from "react";
import type { SceneRead } from "@/client/types.gen";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogDescription, DialogFooter, DialogTitle } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { plural } from "@/lib/format";

interface ChooseScenesDialogProps {
  scenes: SceneRead[];
  /** The scenes that are chosen to begin with. */
  initial: ReadonlySet<string>;
  onClose: () => void;
  onChosen: (scenes: SceneRead[]) => void;
}

/** So many the server takes at once. */
const MAX = 2000;

export function ChooseScenesDialog({ scenes, initial, onClose, onChosen }: ChooseScenesDialogProps) {
  const [ids, setIds] = useState(initial);
  const [text, setText] = useState("");
  // A scene without paragraphs has nothing to be broken down.
  const possible = scenes.filter((scene) => scene.element_count > 0);
  const wanted = text.trim().toLowerCase();
  const shown = possible.filter(({ number, slugline }) =>
    `${number} ${slugline}`.toLowerCase().includes(wanted),
  );
  const chosen = possible.filter(({ id }) => ids.has(id));
  const shots = chosen.reduce((sum, scene) => sum + scene.shot_count, 0);
  const isWrong = chosen.length === 0 || chosen.length > MAX;
  const choose = (some: SceneRead[], isIn: boolean) => {
    const next = new Set(ids);
    for (const { id } of some) {
      if (isIn) next.add(id);
      else next.delete(id);
    }
    setIds(next);
  };

  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent className="flex max-h-[85dvh] max-w-xl flex-col">
        <DialogTitle>Break scenes down again</DialogTitle>
        <DialogDescription>
          Choose the scenes; how, is asked next. One Undo takes it all back.
        </DialogDescription>
        <form
          className="flex min-h-0 flex-col gap-3"
          onSubmit={(event) => {
            event.preventDefault();
            if (!isWrong) onChosen(chosen);
          }}
        >
          <div className="flex items-center gap-2">
            <Input
              type="search"
              aria-label="Filter the scenes"
              placeholder="Filter"
              value={text}
              onChange={(event) => setText(event.target.value)}
            />
            <Button variant="outline" onClick={() => choose(shown, true)}>
              All {shown.length}
            </Button>
            <Button variant="outline" onClick={() => choose(shown, false)}>
              None
            </Button>
          </div>
          <ul aria-label="Scenes" className="min-h-24 overflow-y-auto rounded-md border p-1">
            {shown.map((scene) => (
              <li key={scene.id} className="[contain-intrinsic-size:auto_28px] [content-visibility:auto]">
                <label className="flex min-h-7 cursor-pointer items-center gap-2 rounded-md px-2 hover:bg-hover has-focus-visible:bg-hover max-md:min-h-11">
                  <input
                    type="checkbox"
                    checked={ids.has(scene.id)}
                    onChange={(event) => choose([scene], event.target.checked)}
                    className="size-4 shrink-0 accent-primary outline-offset-0"
                  />
                  <span className="tabular w-9 shrink-0 text-right text-faint">{scene.number}</span>
                  <span className="min-w-0 flex-1 truncate" title={scene.slugline}>
                    {scene.slugline}
                  </span>
                  <span className="tabular shrink-0 text-faint text-meta">
                    {plural(scene.shot_count, "shot")}
                  </span>
                </label>
              </li>
            ))}
            {shown.length === 0 && (
              <li className="p-2 text-muted-foreground">
                {possible.length === 0 ? "No scene has lines of a script." : "No scene matches."}
              </li>
            )}
          </ul>
          <DialogFooter className="items-center">
            <Button type="submit" aria-disabled={isWrong}>
              Continue
            </Button>
            <Button variant="ghost" onClick={onClose}>
              Cancel
            </Button>
            <p
              aria-live="polite"
              className="tabular mr-auto text-muted-foreground max-md:order-first max-md:basis-full"
            >
              {chosen.length > MAX
                ? `At most ${MAX.toLocaleString()} scenes at once`
                : chosen.length > 0
                  ? `${plural(chosen.length, "scene")} with ${plural(shots, "shot")}`
                  : "No scene chosen"}
            </p>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
