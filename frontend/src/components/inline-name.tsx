/** A name that is edited where it stands: Enter or leaving the field saves, Esc takes it back. */
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { Input } from "@/components/ui/input";
import { cn } from "@/lib/utils";

interface InlineNameProps {
  value: string;
  /** For screen readers: `Name of the ingredient`. */
  label: string;
  maxLength?: number;
  onSave: (value: string) => void;
  /** Called when editing is over, saved or not. */
  onDone?: () => void;
  autoFocus?: boolean;
  className?: string;
}

export function InlineName({
  value,
  label,
  maxLength = 200,
  onSave,
  onDone,
  autoFocus,
  className,
}: InlineNameProps) {
  // Only while it is edited; otherwise the saved value shows, also after a save that was taken back.
  const [draft, setDraft] = useState<string>();
  const input = useRef<HTMLInputElement>(null);
  // Esc blurs too; what it discards must not be saved by the blur.
  const isDiscarding = useRef(false);

  useEffect(() => {
    if (!autoFocus) return;
    input.current?.focus();
    input.current?.select();
  }, [autoFocus]);

  const commit = () => {
    const name = draft?.trim();
    if (name && name !== value && !isDiscarding.current) onSave(name);
    isDiscarding.current = false;
    setDraft(undefined);
    onDone?.();
  };

  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    if (event.key === "Escape") {
      event.preventDefault();
      isDiscarding.current = true;
      input.current?.blur();
    } else if (event.key === "Enter") {
      input.current?.blur();
    }
  };

  return (
    <Input
      ref={input}
      aria-label={label}
      value={draft ?? value}
      maxLength={maxLength}
      onChange={(event) => setDraft(event.target.value)}
      onBlur={commit}
      onKeyDown={onKeyDown}
      onClick={(event) => event.stopPropagation()}
      className={cn("font-medium", className)}
    />
  );
}
