/** What breaks a screenplay down into shots, and what that is now. */
import type { BodyParseScript, LlmState } from "@/client/types.gen";

export type Engine = NonNullable<BodyParseScript["engine"]>;

export const ENGINES: { value: Engine; label: string }[] = [
  { value: "auto", label: "Auto" },
  { value: "ollama", label: "Ollama" },
  { value: "rules", label: "Built-in rules" },
];

/** What the choice means with the language model as it is. */
export function engineHint(engine: Engine, llm: LlmState): string {
  const isOn = llm.state === "ok";
  const trouble =
    llm.state === "model_missing" ? `Ollama does not have the model ${llm.model}` : "Ollama does not answer";
  if (engine === "rules")
    return "The built-in rules read the scene headings and the action: seconds, no model.";
  if (engine === "ollama")
    return isOn ? `${llm.model} reads every scene: better shots, minutes.` : `${trouble}.`;
  return isOn
    ? `${llm.model} reads every scene; where it fails, the built-in rules do.`
    : `${trouble}: the built-in rules are used.`;
}

/** What did it, in words: `rules` or `ollama:MODEL`. */
export function engineWords(engine: string | null): string | null {
  if (engine === null) return null;
  return engine === "rules" ? "built-in rules" : engine.replace(/^ollama:/, "");
}
