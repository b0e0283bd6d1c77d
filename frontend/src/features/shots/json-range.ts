/** Finds the place of a field in the text of a JSON document, as it was typed. */

export interface TextRange {
  offset: number;
  length: number;
}

const SPACE = /\s/;

/**
 * The range of the value at `path` (keys and indexes, outermost first). Where the path leads nowhere, the
 * deepest value on the way: a field that is missing is shown at the object that lacks it. Null when the text
 * is no JSON up to there.
 */
export function rangeOf(text: string, path: readonly string[]): TextRange | null {
  let at = 0;
  const skipSpace = () => {
    while (at < text.length && SPACE.test(text.charAt(at))) at += 1;
  };
  const skipString = () => {
    for (at += 1; at < text.length && text.charAt(at) !== '"'; at += 1) if (text.charAt(at) === "\\") at += 1;
    at += 1;
  };
  const skipValue = () => {
    skipSpace();
    const first = text.charAt(at);
    if (first === '"') return skipString();
    if (first !== "{" && first !== "[") {
      while (at < text.length && !/[,\]}\s]/.test(text.charAt(at))) at += 1;
      return;
    }
    for (let depth = 0; at < text.length; ) {
      const one = text.charAt(at);
      if (one === '"') {
        skipString();
        continue;
      }
      if (one === "{" || one === "[") depth += 1;
      if (one === "}" || one === "]") depth -= 1;
      at += 1;
      if (depth === 0) return;
    }
  };
  /** Goes to the value of a key or index of the container that begins here; false when it has none. */
  const enter = (part: string): boolean => {
    const isObject = text.charAt(at) === "{";
    if (!isObject && text.charAt(at) !== "[") return false;
    at += 1;
    for (let index = 0; at < text.length; index += 1) {
      skipSpace();
      if (text.charAt(at) === "}" || text.charAt(at) === "]") return false;
      let key = String(index);
      if (isObject) {
        const start = at;
        skipString();
        key = keyOf(text.slice(start, at));
        skipSpace();
        if (text.charAt(at) !== ":") return false;
        at += 1;
        skipSpace();
      }
      if (key === part) return true;
      skipValue();
      skipSpace();
      if (text.charAt(at) === ",") at += 1;
    }
    return false;
  };

  skipSpace();
  let start = at;
  let isWhole = true;
  for (const part of path) {
    if (!enter(part)) {
      isWhole = false;
      break;
    }
    start = at;
  }
  if (start >= text.length) return null;
  at = start;
  skipValue();
  const isContainer = text.charAt(start) === "{" || text.charAt(start) === "[";
  // A whole object underlined in red says nothing: its opening brace stands for it.
  return {
    offset: start,
    length: isContainer && !isWhole ? 1 : Math.max(1, Math.min(at, text.length) - start),
  };
}

function keyOf(literal: string): string {
  try {
    return String(JSON.parse(literal));
  } catch {
    return literal;
  }
}

/** The line of an offset, from 1. */
export const lineAt = (text: string, offset: number) => text.slice(0, offset).split("\n").length;
