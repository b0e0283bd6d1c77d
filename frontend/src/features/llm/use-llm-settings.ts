/** Saves settings of the language model, and takes overrides back. */
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { getLlmSettingsQueryKey, updateLlmSettingsMutation } from "@/client/@tanstack/react-query.gen";
import type { LlmSettingsUpdate } from "@/client/types.gen";
import { toProblem } from "@/lib/problem";
import { tagged } from "@/lib/query";
import { toastProblem } from "@/lib/toast";

/** `onSaved` gets what was sent; `onRefused` the refused fields of a 422. */
export function useLlmSettings(
  onSaved: (body: LlmSettingsUpdate) => void,
  onRefused: (fields: { path: string; message: string }[]) => void,
) {
  const queryClient = useQueryClient();
  const { mutate, isPending } = useMutation({
    ...updateLlmSettingsMutation(),
    onSuccess: (settings, { body }) => {
      queryClient.setQueryData(getLlmSettingsQueryKey(), settings);
      void queryClient.invalidateQueries(tagged("system"));
      onSaved(body);
    },
    onError: (error) => {
      const { fields } = toProblem(error);
      if (fields.length > 0) onRefused(fields);
      else toastProblem(error, "Could not save the language model's settings.");
    },
  });
  return { save: (body: LlmSettingsUpdate) => mutate({ body }), isPending };
}
