/** Seconds used in the edit; beside it what Veo makes, from the document. */
import { type KeyboardEvent, useId, useRef, useState } from "react";
import type { ShotRead } from "@/client/types.gen";
import { Tip } from "@/components/tip";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import { formatSeconds } from "@/lib/estimate";
import { ProvenanceMark } from "./provenance-mark";
import { makeSeconds, parseSeconds } from "./seconds";
import { filledCount } from "./slots";

interface SecondsFieldProps {
  shot: ShotRead;
  onSave: (seconds: number | null) => void;
}

export function SecondsField({ shot, onSave }: SecondsFieldProps) {
  const id = useId();
  const [draft, setDraft] = useState<string | null>(null);
  const field = useRef<HTMLInputElement>(null);
  const shown = shot.duration === null ? "" : formatSeconds(shot.duration);
  const seconds = draft === null ? shot.duration : parseSeconds(draft);
  const make = makeSeconds(shot);
  const hasPictures = filledCount(shot.assigned_ingredients) > 0;
  const why = hasPictures
    ? "With pictures in the slots Veo makes 8 s; the edit uses less of it."
    : "What Veo makes, from the document.";

  const commit = () => {
    if (draft !== null && seconds !== undefined && seconds !== shot.duration) onSave(seconds);
    setDraft(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" && event.key !== "Escape") return;
    event.preventDefault();
    event.stopPropagation();
    if (event.key === "Escape") setDraft(null);
    // After the state is drawn, so that leaving the field does not save what was just taken back.
    setTimeout(() => field.current?.blur());
  };

  return (
    <div className="grid gap-1">
      <Label htmlFor={id} className="text-faint">
        Use / make{hasPictures && " · pictures: 8 s"}
        <ProvenanceMark shot={shot} field="duration" />
      </Label>
      <span className="flex items-center gap-1.5">
        <Input
          ref={field}
          id={id}
          inputMode="decimal"
          aria-invalid={seconds === undefined}
          title={seconds === undefined ? "Seconds: more than 0, at most 600" : undefined}
          value={draft ?? shown}
          onChange={(event) => setDraft(event.target.value)}
          onBlur={commit}
          onKeyDown={onKeyDown}
          className="tabular w-12 text-right"
        />
        <Tip text={why}>
          <span className="tabular cursor-default whitespace-nowrap text-muted-foreground">
            / {make === null ? "–" : formatSeconds(make)} s
          </span>
        </Tip>
      </span>
    </div>
  );
}
