/** The settings of the language model as the form shows them: words, kinds and bounds. */
import type { LlmSettingsRead, LlmSettingsUpdate } from "@/client/types.gen";

export type FieldName = keyof LlmSettingsUpdate & keyof LlmSettingsRead;

export interface FieldSpec {
  name: FieldName;
  label: string;
  hint: string;
  kind: "text" | "model" | "number";
  unit?: string;
  /** Shown in an empty field. */
  empty?: (settings: LlmSettingsRead) => string;
}

export const FIELDS: readonly FieldSpec[] = [
  {
    name: "base_url",
    label: "Address of Ollama",
    hint: "As the server reaches it, not the browser.",
    kind: "text",
  },
  { name: "model", label: "Model for breakdown", hint: "Makes shots of scenes.", kind: "model" },
  {
    name: "assembly_model",
    label: "Model for documents",
    hint: "Empty: the same as for breakdown.",
    kind: "model",
    empty: ({ model }) => model.value,
  },
  {
    name: "vision_model",
    label: "Model for pictures",
    hint: "Writes captions. Empty: no captions.",
    kind: "model",
    empty: () => "none",
  },
  { name: "temperature", label: "Temperature", hint: "0 to 2; low keeps to the script.", kind: "number" },
  {
    name: "max_parallel",
    label: "Parallel requests",
    hint: "Match OLLAMA_NUM_PARALLEL.",
    kind: "number",
  },
  {
    name: "max_context_tokens",
    label: "Largest context",
    hint: "More takes memory there.",
    kind: "number",
    unit: "tokens",
  },
  {
    name: "keep_alive",
    label: "Keep the model loaded",
    hint: "5m, 1h, -1 for ever, 0 not at all.",
    kind: "text",
  },
  {
    name: "timeout_seconds",
    label: "Time for a reply",
    hint: "A large model on a slow machine needs more.",
    kind: "number",
    unit: "s",
  },
  {
    name: "connect_timeout_seconds",
    label: "Time to connect",
    hint: "After it, the model counts as off.",
    kind: "number",
    unit: "s",
  },
];

export type Drafts = Partial<Record<FieldName, string>>;
export type FieldErrors = Partial<Record<FieldName, string>>;

export const isFieldName = (name: string): name is FieldName => FIELDS.some((field) => field.name === name);

/** The drafts that differ from what holds, as the API takes them; or what is wrong with them. */
export function changesOf(
  settings: LlmSettingsRead,
  drafts: Drafts,
): { body: LlmSettingsUpdate; errors: FieldErrors } {
  const body: Record<string, string | number> = {};
  const errors: FieldErrors = {};
  for (const { name, kind } of FIELDS) {
    const draft = drafts[name]?.trim();
    if (draft === undefined || draft === String(settings[name].value)) continue;
    if (kind !== "number") body[name] = draft;
    else if (draft === "" || Number.isNaN(Number(draft))) errors[name] = "Give a number.";
    else body[name] = Number(draft);
  }
  return { body, errors };
}
