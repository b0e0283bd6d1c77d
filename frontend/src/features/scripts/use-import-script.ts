/** Previews a screenplay and imports it as planned; what is refused is a problem to show in place. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import {
  getSystemOptions,
  parseScriptMutation,
  previewScriptMutation,
} from "@/client/@tanstack/react-query.gen";
import type { ImportPlan, ScriptPreview } from "@/client/types.gen";
import { formatBytes } from "@/lib/format";
import { type AppProblem, toProblem } from "@/lib/problem";
import { tagged } from "@/lib/query";
import type { Engine } from "./engine";

const PASTED_NAME = "Pasted screenplay.fountain";

function refusal(code: string, title: string, detail: string, fix: string): AppProblem {
  return { status: 0, code, title, detail, fix, fields: [] };
}

interface Previewed {
  file: File;
  preview: ScriptPreview;
}

export function useImportScript(projectId: string, onAccepted: (scriptId: string) => void) {
  const queryClient = useQueryClient();
  const { data: system } = useQuery(getSystemOptions());
  const [refused, setRefused] = useState<AppProblem | null>(null);
  const [previewed, setPreviewed] = useState<Previewed | null>(null);
  const limit = system?.limits.script_bytes;

  const look = useMutation({ ...previewScriptMutation(), meta: { isSave: false } });
  const parse = useMutation({
    ...parseScriptMutation(),
    meta: { isSave: false },
    onSuccess: async ({ script_id }) => {
      await queryClient.invalidateQueries(tagged(["scripts", "jobs"], projectId));
      setPreviewed(null);
      onAccepted(script_id);
    },
  });

  const previewFile = (file: File) => {
    parse.reset();
    look.reset();
    if (limit !== undefined && file.size > limit) {
      const detail = `“${file.name}” has ${formatBytes(file.size)}; the limit is ${formatBytes(limit)}.`;
      const fix = "Split the screenplay into parts and import them one after the other.";
      setRefused(refusal("scripts.too_large", "Too large", detail, fix));
      return;
    }
    setRefused(null);
    look.mutate({ body: { file } }, { onSuccess: (preview) => setPreviewed({ file, preview }) });
  };

  return {
    previewFile,
    previewText: (text: string) => previewFile(new File([text], PASTED_NAME, { type: "text/plain" })),
    preview: previewed?.preview ?? null,
    discardPreview: () => {
      parse.reset();
      setPreviewed(null);
    },
    importPlanned: (plan: ImportPlan, engine: Engine) =>
      previewed &&
      parse.mutate({
        body: { file: previewed.file, project_id: projectId, engine, plan: JSON.stringify(plan) },
      }),
    refuseMany: () =>
      setRefused(
        refusal(
          "scripts.one_at_a_time",
          "One at a time",
          "Several files were dropped; nothing was imported.",
          "Drop one screenplay. The next one is added after its scenes.",
        ),
      ),
    isReading: look.isPending,
    isSending: parse.isPending,
    problem: refused ?? (look.error ? toProblem(look.error) : parse.error ? toProblem(parse.error) : null),
  };
}

export type ImportScript = ReturnType<typeof useImportScript>;
