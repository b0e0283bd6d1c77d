/** The code editor for one document. A default export, because it is loaded when it is first needed. */
import { Editor, type OnMount } from "@monaco-editor/react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo, useRef, useSyncExternalStore } from "react";
import { getVeoSchemaOptions } from "@/client/@tanstack/react-query.gen";
import { applySchema, markProblems, modelPath, paintTheme, SAVE_KEYS } from "./monaco";
import type { JsonProblem } from "./shots-store";

interface JsonEditorProps {
  shotId: string;
  text: string;
  problems: readonly JsonProblem[];
  onChange: (text: string) => void;
  onSave: () => void;
  /** Wide enough for a margin with line numbers. */
  isLarge: boolean;
}

type Instance = Parameters<OnMount>[0];

function watchTheme(notify: () => void): () => void {
  const observer = new MutationObserver(notify);
  observer.observe(document.documentElement, { attributeFilter: ["class"] });
  return () => observer.disconnect();
}
const isDarkNow = () => document.documentElement.classList.contains("dark");

export default function JsonEditor({ shotId, text, problems, onChange, onSave, isLarge }: JsonEditorProps) {
  const { data: schema } = useQuery({ ...getVeoSchemaOptions(), staleTime: Number.POSITIVE_INFINITY });
  const isDark = useSyncExternalStore(watchTheme, isDarkNow);
  const editor = useRef<Instance | null>(null);
  const save = useRef(onSave);
  save.current = onSave;

  // Painting makes the editor draw everything anew: only when the colours change.
  const theme = useMemo(() => paintTheme(isDark), [isDark]);

  useEffect(() => applySchema(schema), [schema]);
  useEffect(() => {
    const model = editor.current?.getModel();
    if (model) markProblems(model, [...problems]);
  }, [problems]);
  // A document that is no longer on screen needs no model.
  useEffect(() => {
    const mounted = editor.current;
    const model = mounted?.getModel();
    return () => {
      if (model && mounted?.getModel() !== model) model.dispose();
    };
  }, []);

  return (
    <Editor
      language="json"
      path={modelPath(shotId)}
      value={text}
      theme={theme}
      loading={null}
      onChange={(next) => next !== undefined && next !== text && onChange(next)}
      onMount={(instance) => {
        editor.current = instance;
        for (const keys of SAVE_KEYS) instance.addCommand(keys, () => save.current());
      }}
      options={{
        ariaLabel: "Flow JSON of the shot",
        automaticLayout: true,
        // The newer input method hides typing from the check that keeps single-letter shortcuts away.
        editContext: false,
        folding: true,
        fontSize: 12,
        lineHeight: 18,
        fontFamily: "ui-monospace, 'DejaVu Sans Mono', Menlo, monospace",
        lineNumbers: isLarge ? "on" : "off",
        lineDecorationsWidth: isLarge ? 10 : 4,
        minimap: { enabled: false },
        overviewRulerLanes: 0,
        padding: { top: 6, bottom: 6 },
        renderLineHighlight: "none",
        scrollBeyondLastLine: false,
        scrollbar: { alwaysConsumeMouseWheel: false, verticalScrollbarSize: 8, horizontalScrollbarSize: 8 },
        tabSize: 2,
        wordWrap: "on",
        wrappingIndent: "indent",
        fixedOverflowWidgets: true,
      }}
    />
  );
}
