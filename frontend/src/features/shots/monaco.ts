/** Monaco as this page needs it: one language, bundled, its workers from our own origin. Load it lazily. */
import { loader } from "@monaco-editor/react";
import * as monaco from "monaco-editor/editor/editor.api.js";
import EditorWorker from "monaco-editor/editor/editor.worker.js?worker";
// All of them at once: the JSON language brings most in later, when their services can no longer be added.
import "monaco-editor/features/register.all.js";
import JsonWorker from "monaco-editor/language/json/json.worker.js?worker";
import { jsonDefaults } from "monaco-editor/languages/features/json/register.js";

import { longHex } from "./hex-colour";

self.MonacoEnvironment = {
  getWorker: (_id, label) => (label === "json" ? new JsonWorker() : new EditorWorker()),
};
loader.config({ monaco });

/** Every document of a shot is checked against this schema while it is typed. */
export function applySchema(schema: Record<string, unknown> | undefined): void {
  jsonDefaults.setDiagnosticsOptions({
    validate: true,
    allowComments: false,
    schemaValidation: "error",
    enableSchemaRequest: false,
    schemas: schema ? [{ uri: "auteur://veo-schema", fileMatch: ["shot-*.json"], schema }] : [],
  });
}

export const modelPath = (shotId: string) => `shot-${shotId}.json`;

const COLOURS = {
  "editor.background": "--surface",
  "editor.foreground": "--foreground",
  "editorLineNumber.foreground": "--faint",
  "editorLineNumber.activeForeground": "--muted-foreground",
  "editorWidget.background": "--raised",
  "editorSuggestWidget.background": "--raised",
  "editorSuggestWidget.selectedBackground": "--selected",
  "editorHoverWidget.background": "--raised",
  "editor.selectionBackground": "--selected",
  "editor.lineHighlightBackground": "--surface",
  "editorError.foreground": "--destructive",
  "editorWarning.foreground": "--warn",
  focusBorder: "--primary",
} as const;

const WORDS = {
  "string.key.json": "--kind-character",
  "string.value.json": "--kind-location",
  number: "--kind-prop",
  keyword: "--kind-style",
  delimiter: "--faint",
} as const;

/** Gives the editor the colours that the page has now, and returns the theme's name. */
export function paintTheme(isDark: boolean): string {
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string) => longHex(style.getPropertyValue(name));
  const name = isDark ? "auteur-dark" : "auteur-light";
  monaco.editor.defineTheme(name, {
    base: isDark ? "vs-dark" : "vs",
    inherit: true,
    colors: Object.fromEntries(Object.entries(COLOURS).map(([key, token]) => [key, colour(token)])),
    rules: Object.entries(WORDS).map(([token, variable]) => ({
      token,
      foreground: colour(variable).slice(1),
    })),
  });
  monaco.editor.setTheme(name);
  return name;
}

/** Shows what the server refused at its place in the text. */
export function markProblems(
  model: monaco.editor.ITextModel,
  problems: { message: string; offset: number; length: number }[],
): void {
  monaco.editor.setModelMarkers(
    model,
    "server",
    problems.map(({ message, offset, length }) => {
      const start = model.getPositionAt(offset);
      const end = model.getPositionAt(offset + length);
      return {
        severity: monaco.MarkerSeverity.Error,
        message,
        startLineNumber: start.lineNumber,
        startColumn: start.column,
        endLineNumber: end.lineNumber,
        endColumn: end.column,
      };
    }),
  );
}

export const SAVE_KEYS = [
  monaco.KeyMod.CtrlCmd | monaco.KeyCode.KeyS,
  monaco.KeyMod.CtrlCmd | monaco.KeyCode.Enter,
];
