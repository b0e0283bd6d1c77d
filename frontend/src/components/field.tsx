/** A labelled form field with its hint and its error, tied together for screen readers. */
import { cloneElement, type ReactElement, useId } from "react";
import { Label } from "@/components/ui/label";

interface FieldProps {
  label: string;
  hint?: string;
  error?: string;
  /** The input; it gets `id`, `aria-invalid` and `aria-describedby`. */
  children: ReactElement<{ id?: string; "aria-invalid"?: boolean; "aria-describedby"?: string }>;
}

export function Field({ label, hint, error, children }: FieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className="grid gap-1">
      <Label htmlFor={id}>{label}</Label>
      {cloneElement(children, {
        id,
        "aria-invalid": error !== undefined,
        "aria-describedby": note ? `${id}-note` : undefined,
      })}
      {note && (
        <p id={`${id}-note`} className={error ? "text-destructive text-meta" : "text-faint text-meta"}>
          {error && "✕ "}
          {note}
        </p>
      )}
    </div>
  );
}
