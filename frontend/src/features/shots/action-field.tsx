/** The action of the shot in the inspector: typed freely, saved on leaving it or with ⌘Enter. */
import { type KeyboardEvent, useId, useRef, useState } from "react";
import { Link } from "react-router";
import type { ShotRead } from "@/client/types.gen";
import { Textarea } from "@/components/ui/textarea";
import { ProvenanceMark } from "./provenance-mark";
import { NEW_SHOT } from "./use-shot-actions";
import { useWorkspace } from "./workspace-context";

export function ActionField({ shot }: { shot: ShotRead }) {
  const { scenes, shotActions, scriptPath } = useWorkspace();
  const id = useId();
  /** What is typed and not saved; a refetch changes only what is not being typed. */
  const [draft, setDraft] = useState<string | null>(null);
  const field = useRef<HTMLTextAreaElement>(null);
  const isDiscarding = useRef(false);
  const scriptId = scenes.find((scene) => scene.id === shot.scene_id)?.script_id;

  const commit = () => {
    const text = draft?.trim();
    if (text && text !== shot.description && !isDiscarding.current) {
      shotActions.update(shot.id, { description: text });
    }
    isDiscarding.current = false;
    setDraft(null);
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const isCommit = event.key === "Enter" && (event.metaKey || event.ctrlKey);
    if (event.key !== "Escape" && !isCommit) return;
    event.preventDefault();
    event.stopPropagation();
    isDiscarding.current = event.key === "Escape";
    field.current?.blur();
  };

  return (
    <div className="grid gap-1">
      <div className="flex items-baseline justify-between text-meta">
        <label htmlFor={id} className="font-medium text-faint">
          Action
          <ProvenanceMark shot={shot} field="description" />
          <ProvenanceMark shot={shot} field="anchors" />
        </label>
        {shot.line_start !== null && scriptId && (
          <Link
            to={scriptPath(scriptId, shot.line_start, shot.id)}
            className="text-primary hover:underline max-md:py-3.5"
            title="Show these lines in the script"
          >
            Script l. {shot.line_start}
            {shot.line_end !== null && shot.line_end !== shot.line_start && `–${shot.line_end}`} ↗
          </Link>
        )}
      </div>
      <Textarea
        ref={field}
        id={id}
        value={draft ?? shot.description}
        maxLength={10_000}
        placeholder={NEW_SHOT}
        onChange={(event) => setDraft(event.target.value)}
        onBlur={commit}
        onKeyDown={onKeyDown}
        className="field-sizing-content max-h-32 min-h-14 resize-none"
      />
    </div>
  );
}
