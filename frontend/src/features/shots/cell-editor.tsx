/** Edits a cell where it stands: ⌘Enter or leaving commits, Esc takes back; a refetch never touches what is typed. */
import { type KeyboardEvent, useEffect, useRef, useState } from "react";
import { cn } from "@/lib/utils";

interface CellEditorProps {
  value: string;
  label: string;
  isMultiline?: boolean;
  maxLength?: number;
  /** Called with the text when it changed. */
  onCommit: (text: string) => void;
  onDone: () => void;
  className?: string;
}

export function CellEditor({
  value,
  label,
  isMultiline = false,
  maxLength,
  onCommit,
  onDone,
  className,
}: CellEditorProps) {
  const [text, setText] = useState(value);
  const field = useRef<HTMLTextAreaElement & HTMLInputElement>(null);
  const isDiscarding = useRef(false);

  useEffect(() => {
    field.current?.focus();
    field.current?.select();
  }, []);

  const onBlur = () => {
    if (!isDiscarding.current && text !== value) onCommit(text);
    onDone();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    event.stopPropagation();
    if (event.nativeEvent.isComposing) return;
    const isCommit = event.key === "Enter" && (!isMultiline || event.metaKey || event.ctrlKey);
    if (event.key === "Escape") isDiscarding.current = true;
    if (event.key === "Escape" || isCommit) {
      event.preventDefault();
      field.current?.blur();
    }
  };

  const shared = {
    ref: field,
    "aria-label": label,
    value: text,
    maxLength,
    onBlur,
    onKeyDown,
    onClick: (event: React.MouseEvent) => event.stopPropagation(),
    onChange: (event: { target: { value: string } }) => setText(event.target.value),
    className: cn(
      "w-full rounded-sm border border-input bg-background text-field outline-offset-0",
      isMultiline && "field-sizing-content max-h-60 min-h-10 resize-none",
      className,
    ),
  };
  return isMultiline ? <textarea {...shared} /> : <input {...shared} />;
}
