/** One setting: its field, whether it is the default or set here, and the way back. */
import { useId } from "react";
import type { LlmSettingsRead } from "@/client/types.gen";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Label } from "@/components/ui/label";
import type { FieldSpec } from "./fields";

interface SettingFieldProps {
  field: FieldSpec;
  settings: LlmSettingsRead;
  /** What is typed and not saved yet. */
  draft: string | undefined;
  error: string | undefined;
  isReadOnly: boolean;
  /** Id of the list of installed models. */
  modelsId: string;
  onDraft: (draft: string) => void;
  onReset: () => void;
}

export function SettingField({
  field,
  settings,
  draft,
  error,
  isReadOnly,
  modelsId,
  onDraft,
  onReset,
}: SettingFieldProps) {
  const id = useId();
  const { name, label, hint, kind, unit } = field;
  const { value, default: fallback, is_overridden } = settings[name];
  return (
    <div className="grid content-start gap-1">
      <Label htmlFor={id}>
        {label}
        {unit && <span className="font-normal text-faint">in {unit === "s" ? "seconds" : unit}</span>}
      </Label>
      <Input
        id={id}
        value={draft ?? String(value)}
        placeholder={field.empty?.(settings)}
        readOnly={isReadOnly}
        inputMode={kind === "number" ? "decimal" : kind === "text" ? "url" : undefined}
        list={kind === "model" ? modelsId : undefined}
        autoComplete="off"
        autoCapitalize="off"
        spellCheck={false}
        aria-invalid={error !== undefined}
        aria-describedby={`${id}-note ${id}-origin`}
        onChange={(event) => onDraft(event.target.value)}
      />
      <p id={`${id}-note`} className={error ? "text-destructive text-meta" : "text-faint text-meta"}>
        {error ? `✕ ${error}` : hint}
      </p>
      <div className="flex min-h-control items-center gap-2 text-meta">
        <span id={`${id}-origin`} className="min-w-0 break-words text-muted-foreground">
          {is_overridden ? (
            <>
              <span aria-hidden>◆</span> Set here. Default: {String(fallback) || "empty"}
            </>
          ) : (
            <>
              <span aria-hidden>◇</span> Default
            </>
          )}
        </span>
        {is_overridden && !isReadOnly && (
          <Button variant="link" className="px-1" onClick={onReset}>
            Reset<span className="sr-only"> {label}</span>
          </Button>
        )}
      </div>
    </div>
  );
}
