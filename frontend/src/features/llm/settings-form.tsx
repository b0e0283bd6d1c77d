/** The form of the language model's settings; who is no administrator reads it, and reads why. */
import { useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { getLlmSettingsOptions, getSystemOptions } from "@/client/@tanstack/react-query.gen";
import type { LlmSettingsUpdate } from "@/client/types.gen";
import { Button } from "@/components/ui/button";
import { formatWhen, parseTime } from "@/lib/format";
import { changesOf, type Drafts, FIELDS, type FieldErrors, isFieldName } from "./fields";
import { SettingField } from "./setting-field";
import { useLlmSettings } from "./use-llm-settings";

export function SettingsForm({ isAdmin }: { isAdmin: boolean }) {
  const { data: settings } = useSuspenseQuery(getLlmSettingsOptions());
  const { data: system } = useQuery(getSystemOptions());
  const modelsId = useId();
  const [drafts, setDrafts] = useState<Drafts>({});
  const [errors, setErrors] = useState<FieldErrors>({});
  const { save, isPending } = useLlmSettings(
    (body) => {
      const isSent = (name: string) => name in body;
      const left = (old: Record<string, string>) =>
        Object.fromEntries(Object.entries(old).filter(([name]) => !isSent(name)));
      setDrafts(left);
      setErrors(left);
    },
    (fields) => setErrors(Object.fromEntries(fields.filter(({ path }) => isFieldName(path)).map(said))),
  );
  const { body, errors: mistakes } = changesOf(settings, drafts);
  const count = Object.keys(body).length + Object.keys(mistakes).length;

  const submit = (event: FormEvent) => {
    event.preventDefault();
    setErrors(mistakes);
    if (Object.keys(mistakes).length === 0 && count > 0) save(body);
  };

  return (
    <form className="grid gap-3" onSubmit={submit} aria-label="Settings of the language model">
      {!isAdmin && (
        <p className="rounded-lg border bg-surface px-3 py-2 text-muted-foreground">
          Read only: an administrator of this installation may change these.
        </p>
      )}
      <div className="grid gap-x-4 gap-y-2 md:grid-cols-2">
        {FIELDS.map((field) => (
          <SettingField
            key={field.name}
            field={field}
            settings={settings}
            draft={drafts[field.name]}
            error={errors[field.name]}
            isReadOnly={!isAdmin}
            modelsId={modelsId}
            onDraft={(draft) => {
              setDrafts((old) => ({ ...old, [field.name]: draft }));
              setErrors(({ [field.name]: _mended, ...left }) => left);
            }}
            onReset={() => save({ [field.name]: null } satisfies LlmSettingsUpdate)}
          />
        ))}
      </div>
      <datalist id={modelsId}>
        {system?.llm.models.map((model) => (
          <option key={model} value={model} />
        ))}
      </datalist>
      <div className="flex flex-wrap items-center gap-2">
        {isAdmin && (
          <>
            <Button type="submit" disabled={count === 0 || isPending}>
              {isPending ? "Saving…" : "Save"}
            </Button>
            {count > 0 && (
              <Button
                variant="ghost"
                onClick={() => {
                  setDrafts({});
                  setErrors({});
                }}
              >
                Discard
              </Button>
            )}
          </>
        )}
        <p className="text-meta text-muted-foreground">
          {settings.updated_at && `Changed ${formatWhen(parseTime(settings.updated_at))}. `}A change holds at
          once, without a restart.
        </p>
      </div>
    </form>
  );
}

const said = ({ path, message }: { path: string; message: string }) => [path, message];
