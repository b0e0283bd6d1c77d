/** Asks how to break scenes down again: with which engine, towards how many shots, and what may be replaced. */
import { useId, useState } from "react";
import type { BreakDownRequest, SceneRead } from "@/client/types.gen";
import { Button } from "@/components/ui/button";
import { Checkbox } from "@/components/ui/checkbox";
import { Dialog, DialogContent, DialogDescription, DialogFooter, DialogTitle } from "@/components/ui/dialog";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { plural } from "@/lib/format";
import type { Engine } from "./engine";
import { EngineChoice } from "./engine-choice";
import { useBreakDown } from "./use-break-down";

interface BreakdownDialogProps {
  projectId: string;
  scenes: SceneRead[];
  onClose: () => void;
}

const MAX_SHOTS = 100;

export function BreakdownDialog({ projectId, scenes, onClose }: BreakdownDialogProps) {
  const [engine, setEngine] = useState<Engine>("auto");
  const [target, setTarget] = useState("");
  const [replacesEdited, setReplacesEdited] = useState(false);
  const ids = { target: useId(), edited: useId() };
  const { breakDown, isPending } = useBreakDown(projectId);
  const wanted = target.trim() === "" ? null : Number(target);
  const isWrong = wanted !== null && !(Number.isInteger(wanted) && wanted >= 1 && wanted <= MAX_SHOTS);
  const [first] = scenes;
  const name = scenes.length === 1 && first ? `scene ${first.number}` : plural(scenes.length, "scene");

  const start = async () => {
    const body: BreakDownRequest = {
      scene_ids: scenes.map(({ id }) => id),
      engine,
      target_shots: wanted,
      replace_edited: replacesEdited,
    };
    if (await breakDown(name, body)) onClose();
  };

  return (
    <Dialog open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <DialogContent className="max-w-xl">
        <DialogTitle>Break {name} down again</DialogTitle>
        <DialogDescription>
          New shots take the place of those that nobody has worked on. What is replaced is kept: Undo brings
          it back.
        </DialogDescription>
        <form
          className="grid gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            if (!isWrong && !isPending) void start();
          }}
        >
          <EngineChoice value={engine} onChange={setEngine} />
          <div className="grid gap-1">
            <Label htmlFor={ids.target}>Shots to aim at{scenes.length > 1 && " in each scene"}</Label>
            <Input
              id={ids.target}
              inputMode="numeric"
              placeholder="As many as it takes"
              value={target}
              aria-invalid={isWrong}
              onChange={(event) => setTarget(event.target.value)}
              className="w-44"
            />
            {isWrong && (
              <p role="alert" className="text-destructive">
                A whole number from 1 to {MAX_SHOTS}, or nothing.
              </p>
            )}
          </div>
          <div className="flex items-start gap-2">
            <Checkbox
              id={ids.edited}
              checked={replacesEdited}
              onCheckedChange={(checked) => setReplacesEdited(checked === true)}
            />
            <Label htmlFor={ids.edited} className="leading-5">
              Also replace what I edited: words, camera, slots, documents
            </Label>
          </div>
          <DialogFooter>
            <Button type="submit" aria-disabled={isWrong || isPending}>
              Break down
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
