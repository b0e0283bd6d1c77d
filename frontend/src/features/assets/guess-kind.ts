/** Reads kind and name of an ingredient off its file name: `character-mara.png` is the character “Mara”. */
import type { AssetType } from "@/client/types.gen";

const PREFIXES: Record<string, AssetType> = {
  character: "Character",
  char: "Character",
  actor: "Character",
  location: "Location",
  loc: "Location",
  set: "Location",
  prop: "Object",
  object: "Object",
  obj: "Object",
  style: "Style",
  look: "Style",
};

const SEPARATORS = /[\s._-]+/;

interface Guess {
  kind: AssetType | undefined;
  name: string;
}

export function guessFromFileName(fileName: string): Guess {
  const stem = fileName.replace(/\.[^.]+$/, "");
  const words = stem.split(SEPARATORS).filter(Boolean);
  const kind = words.length > 1 ? PREFIXES[words[0]?.toLowerCase() ?? ""] : undefined;
  const name = (kind ? words.slice(1) : words).join(" ");
  return { kind, name: capitalized(name) || stem || fileName };
}

function capitalized(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
