/** The document of a shot as text: typed, checked, saved, taken back. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { updateShotMutation } from "@/client/@tanstack/react-query.gen";
import type { ShotRead } from "@/client/types.gen";
import { toProblem } from "@/lib/problem";
import { tagged } from "@/lib/query";
import { prettyJson } from "./copy-json";
import { lineAt, rangeOf } from "./json-range";
import { projectShotsOptions } from "./project-shots";
import { type JsonProblem, setDraft, useShotsStore } from "./shots-store";

const FIELD = "veo_json_payload.";

/** Why a text is no JSON object, in words; null when it is one. */
function parse(text: string): { document: Record<string, unknown> } | { problem: JsonProblem } {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) {
      return { document: value as Record<string, unknown> };
    }
    return { problem: { message: "A document is one object in braces.", offset: 0, length: 1, line: 1 } };
  } catch (error) {
    const offset = Number(/position (\d+)/.exec(String(error))?.[1] ?? text.length - 1);
    const message = "This is not JSON yet: look for a missing comma, quotation mark or brace.";
    return { problem: { message, offset, length: 1, line: lineAt(text, offset) } };
  }
}

/** The refused fields of a 422, each at its place in the text. */
export function placeProblems(text: string, error: unknown): JsonProblem[] {
  const { fields, detail, fix } = toProblem(error);
  const own = fields.filter(({ path }) => path.startsWith(FIELD));
  if (own.length === 0) {
    return [{ message: [detail, fix].filter(Boolean).join(" "), offset: 0, length: 1, line: null }];
  }
  return own.map(({ path, message }) => {
    const range = rangeOf(text, path.slice(FIELD.length).split("."));
    return {
      message,
      ...(range ?? { offset: 0, length: 1 }),
      line: range ? lineAt(text, range.offset) : null,
    };
  });
}

export function useJsonDocument(shot: ShotRead) {
  const queryClient = useQueryClient();
  const draft = useShotsStore(({ drafts }) => drafts[shot.id]);
  const saved = shot.veo_json_payload ? prettyJson(shot.veo_json_payload) : "";
  const text = draft?.text ?? saved;
  const key = projectShotsOptions(shot.project_id).queryKey;

  const save = useMutation({
    ...updateShotMutation(),
    onSuccess: (next) => {
      queryClient.setQueryData(
        key,
        (page) => page && { ...page, items: page.items.map((one) => (one.id === next.id ? next : one)) },
      );
      setDraft(shot.id, null);
      void queryClient.invalidateQueries(tagged(["shots", "projects"], shot.project_id));
    },
    onError: (error) =>
      setDraft(shot.id, { text, base: draft?.base ?? saved, problems: placeProblems(text, error) }),
  });

  const change = (next: string) =>
    setDraft(shot.id, next === saved ? null : { text: next, base: draft?.base ?? saved, problems: [] });

  return {
    text,
    isDirty: draft !== undefined,
    /** The document was made anew while this text was typed. */
    isOutdated: draft !== undefined && draft.base !== saved,
    problems: draft?.problems ?? [],
    isSaving: save.isPending,
    change,
    revert: () => setDraft(shot.id, null),
    format: () => {
      const parsed = parse(text);
      if ("document" in parsed) change(prettyJson(parsed.document));
    },
    save: () => {
      if (!draft || save.isPending) return;
      const parsed = parse(text);
      if ("problem" in parsed) setDraft(shot.id, { ...draft, problems: [parsed.problem] });
      else save.mutate({ path: { shot_id: shot.id }, body: { veo_json_payload: parsed.document } });
    },
  };
}

export type JsonDocument = ReturnType<typeof useJsonDocument>;
