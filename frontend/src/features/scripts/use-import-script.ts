/** Sends a screenplay; what is refused is a problem to show in place. */
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { getSystemOptions, parseScriptMutation } from "@/client/@tanstack/react-query.gen";
import { formatBytes } from "@/lib/format";
import { type AppProblem, toProblem } from "@/lib/problem";
import { tagged } from "@/lib/query";
import type { Engine } from "./engine";

const PASTED_NAME = "Pasted screenplay.fountain";

function refusal(code: string, title: string, detail: string, fix: string): AppProblem {
  return { status: 0, code, title, detail, fix, fields: [] };
}

export function useImportScript(projectId: string, onAccepted: (scriptId: string) => void) {
  const queryClient = useQueryClient();
  const { data: system } = useQuery(getSystemOptions());
  const [refused, setRefused] = useState<AppProblem | null>(null);
  const limit = system?.limits.script_bytes;

  const parse = useMutation({
    ...parseScriptMutation(),
    meta: { isSave: false },
    onSuccess: async ({ script_id }) => {
      await queryClient.invalidateQueries(tagged(["scripts", "jobs"], projectId));
      onAccepted(script_id);
    },
  });

  const importFile = (file: File, engine: Engine) => {
    parse.reset();
    if (limit !== undefined && file.size > limit) {
      const detail = `“${file.name}” has ${formatBytes(file.size)}; the limit is ${formatBytes(limit)}.`;
      const fix = "Split the screenplay into parts and import them one after the other.";
      setRefused(refusal("scripts.too_large", "Too large", detail, fix));
      return;
    }
    setRefused(null);
    parse.mutate({ body: { file, project_id: projectId, engine } });
  };

  return {
    importFile,
    importText: (text: string, engine: Engine) =>
      importFile(new File([text], PASTED_NAME, { type: "text/plain" }), engine),
    refuseMany: () =>
      setRefused(
        refusal(
          "scripts.one_at_a_time",
          "One at a time",
          "Several files were dropped; nothing was imported.",
          "Drop one screenplay. The next one is added after its scenes.",
        ),
      ),
    isSending: parse.isPending,
    problem: refused ?? (parse.error ? toProblem(parse.error) : null),
  };
}

export type ImportScript = ReturnType<typeof useImportScript>;
