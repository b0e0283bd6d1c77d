/** Why the document of a shot failed or is stale, and the button that mends it. */
import type { ShotRead } from "@/client/types.gen";
import { Button } from "@/components/ui/button";
import { staleSentence, stateOf } from "./shot-state";
import type { Engine } from "./use-shot-actions";

interface DocumentNoticeProps {
  shot: ShotRead;
  onGenerate: (engine?: Engine) => void;
}

export function DocumentNotice({ shot, onGenerate }: DocumentNoticeProps) {
  const state = stateOf(shot);
  if (state === "failed" && shot.last_error) {
    return (
      <div role="alert" className="grid gap-1.5 rounded-md border border-destructive px-2 py-1.5">
        <p>
          <span aria-hidden className="text-destructive">
            ✕
          </span>{" "}
          No document was made: {shot.last_error.detail}{" "}
          <span className="text-muted-foreground">{shot.last_error.fix} The shot itself is unchanged.</span>
        </p>
        <div className="flex gap-2">
          <Button variant="outline" onClick={() => onGenerate("auto")}>
            Retry
          </Button>
          <Button variant="outline" onClick={() => onGenerate("rules")}>
            Use built-in rules
          </Button>
        </div>
      </div>
    );
  }
  if (state === "stale") {
    return (
      <p className="text-meta">
        <span aria-hidden className="text-warn">
          ▲
        </span>{" "}
        {staleSentence(shot.stale_causes)} It can still be used.
      </p>
    );
  }
  return null;
}
