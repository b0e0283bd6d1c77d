/** A text that saves itself: a moment after the last key, and when the field is left. */
import { type ComponentPropsWithoutRef, useCallback, useEffect, useRef, useState } from "react";
import { Textarea } from "@/components/ui/textarea";

const SAVES_AFTER_MS = 800;

interface AutosaveTextareaProps extends Omit<ComponentPropsWithoutRef<"textarea">, "value" | "onChange"> {
  value: string;
  onSave: (value: string) => void;
}

/** Give it a `key` of the thing it belongs to. What is typed is never overwritten by an answer of the server. */
export function AutosaveTextarea({ value, onSave, onBlur, onKeyDown, ...props }: AutosaveTextareaProps) {
  const [draft, setDraft] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>();
  // The latest of each, for the timer and for leaving the page with the field still open.
  const latest = useRef({ draft, saved: value, onSave });
  latest.current.onSave = onSave;

  const save = useCallback(() => {
    clearTimeout(timer.current);
    const { draft: text, saved } = latest.current;
    if (text === saved) return;
    latest.current.saved = text;
    latest.current.onSave(text);
  }, []);

  useEffect(() => {
    const isUntouched = latest.current.draft === latest.current.saved;
    latest.current.saved = value;
    if (!isUntouched) return;
    latest.current.draft = value;
    setDraft(value);
  }, [value]);

  useEffect(() => save, [save]);

  return (
    <Textarea
      value={draft}
      onChange={(event) => {
        latest.current.draft = event.target.value;
        setDraft(event.target.value);
        clearTimeout(timer.current);
        timer.current = setTimeout(save, SAVES_AFTER_MS);
      }}
      onBlur={(event) => {
        save();
        onBlur?.(event);
      }}
      onKeyDown={(event) => {
        if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) save();
        onKeyDown?.(event);
      }}
      {...props}
    />
  );
}
