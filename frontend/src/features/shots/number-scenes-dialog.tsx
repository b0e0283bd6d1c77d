/** Asks where to begin numbering all scenes anew, and says what changes. */
import { useId, useState } from "react";
import type { SceneRead, ShotRead } from "@/client/types.gen";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogDescription, DialogFooter, DialogTitle } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { plural } from "@/lib/format";

interface NumberScenesDialogProps {
  scenes: SceneRead[];
  /** Every scene's shots: their documents name its number. */
  groups: Map<string, ShotRead[]>;
  onClose: () => void;
  onNumber: (start: number) => void;
}

const MAX_START = 9000;
const NAMED = 6;

export function NumberScenesDialog({ scenes, groups, onClose, onNumber }: NumberScenesDialogProps) {
  const [first, setFirst] = useState("1");
  const id = useId();
  const start = Number(first);
  const isWrong = !(Number.isInteger(start) && start >= 1 && start <= MAX_START);
  const changes = scenes
    .map((scene, index) => ({ scene, number: String(start + index) }))
    .filter(({ scene, number }) => scene.number !== number);
  const documents = changes
    .flatMap(({ scene }) => groups.get(scene.id) ?? [])
    .filter((shot) => shot.veo_json_payload !== null).length;
  const isOff = isWrong || changes.length === 0;

  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent>
        <DialogTitle>Number all scenes anew</DialogTitle>
        <DialogDescription>
          Whole numbers in the order of the scenes; numbers such as 12A go. A shot takes its scene's number.
        </DialogDescription>
        <form
          className="grid grid-cols-[minmax(0,1fr)] gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            if (!isOff) onNumber(start);
          }}
        >
          <div className="grid gap-1">
            <Label htmlFor={id}>Number of the first scene</Label>
            <Input
              id={id}
              inputMode="numeric"
              value={first}
              aria-invalid={isWrong}
              aria-describedby={`${id}-says`}
              onChange={(event) => setFirst(event.target.value)}
              className="tabular w-24"
            />
          </div>
          <div id={`${id}-says`} aria-live="polite" className="grid grid-cols-[minmax(0,1fr)] gap-1">
            {isWrong ? (
              <p className="text-destructive">✕ A whole number from 1 to {MAX_START.toLocaleString()}.</p>
            ) : changes.length === 0 ? (
              <p>The scenes have these numbers already.</p>
            ) : (
              <>
                <p>
                  {changes.length.toLocaleString()} of {plural(scenes.length, "scene")} get another number
                  {documents > 0 && `, and ${plural(documents, "document")} become stale`}:
                </p>
                <ul className="text-muted-foreground">
                  {changes.slice(0, NAMED).map(({ scene, number }) => (
                    <li key={scene.id} className="flex gap-2">
                      <span className="tabular shrink-0">
                        {scene.number} → {number}
                      </span>
                      <span className="min-w-0 truncate" title={scene.slugline}>
                        {scene.slugline}
                      </span>
                    </li>
                  ))}
                  {changes.length > NAMED && <li>and {plural(changes.length - NAMED, "more", "more")}</li>}
                </ul>
                <p className="text-muted-foreground">Undo gives the old numbers back.</p>
              </>
            )}
          </div>
          <DialogFooter>
            <Button type="submit" aria-disabled={isOff}>
              Number anew
            </Button>
            <Button variant="ghost" onClick={onClose}>
              Cancel
            </Button>
          </DialogFooter>
        </form>
      </DialogContent>
    </Dialog>
  );
}
