/** Which shots cover which paragraphs, and which paragraphs belong together. */
import type { ElementRead, ShotRead } from "@/client/types.gen";

const SPOKEN: ReadonlySet<string> = new Set(["dialogue", "parenthetical", "lyrics"]);

/** From and to (inclusive) in a list of elements. */
export interface Range {
  from: number;
  to: number;
}

/** What no shot divides: each speech whole, every other paragraph alone; by element. */
export function piecesOf(elements: ElementRead[]): Range[] {
  const out: Range[] = [];
  let from = 0;
  while (from < elements.length) {
    const first = elements[from];
    if (!first) break;
    let to = from;
    if (first.type === "character" || (SPOKEN.has(first.type) && first.character !== null)) {
      for (let next = elements[to + 1]; next && continues(first, next); next = elements[to + 1]) to += 1;
    }
    for (let index = from; index <= to; index += 1) out.push({ from, to });
    from = to + 1;
  }
  return out;
}

const continues = (first: ElementRead, next: ElementRead) =>
  next.scene_id === first.scene_id && SPOKEN.has(next.type) && next.character === first.character;

export interface Coverage {
  /** The shots over each element, in order; by element. */
  shots: ShotRead[][];
  isCovered: boolean[];
  coveredCount: number;
}

/** What the shots cover now. Of a divided paragraph the parts must make the whole. */
export function coverageOf(elements: ElementRead[], shots: ShotRead[]): Coverage {
  const byElement = new Map<string, ShotRead[]>();
  for (const shot of shots) {
    for (const id of shot.element_ids) {
      const known = byElement.get(id);
      if (known) known.push(shot);
      else byElement.set(id, [shot]);
    }
  }
  const covering = elements.map(({ id }) => byElement.get(id) ?? []);
  const isCovered = elements.map((element, index) => isWhole(element, covering[index] ?? []));
  return { shots: covering, isCovered, coveredCount: isCovered.filter(Boolean).length };
}

function isWhole(element: ElementRead, shots: ShotRead[]): boolean {
  let length = 0;
  for (const shot of shots) {
    const part = shot.element_parts.find(({ element_id }) => element_id === element.id);
    if (!part) return true;
    length += part.end - part.start;
  }
  // The server counts characters, not UTF-16 units.
  return shots.length > 0 && length >= [...element.text].length;
}

/** The range from one element to another, grown to whole speeches and kept in the first one's scene. */
export function wholeRange(elements: ElementRead[], pieces: Range[], start: number, end: number): Range {
  const scene = elements[start]?.scene_id;
  let reach = end;
  const back = end < start ? 1 : -1;
  while (reach !== start && elements[reach]?.scene_id !== scene) reach += back;
  const from = pieces[Math.min(start, reach)]?.from ?? start;
  const to = pieces[Math.max(start, reach)]?.to ?? start;
  return { from, to };
}

export const idsOf = (elements: ElementRead[], { from, to }: Range): string[] =>
  elements.slice(from, to + 1).map(({ id }) => id);

/** The element on each line, by line number from 1; undefined on blank lines and headings. */
export function elementLines(elements: ElementRead[]): (number | undefined)[] {
  const lines: (number | undefined)[] = [];
  for (const [index, { line_start, line_end }] of elements.entries()) {
    for (let line = line_start; line <= line_end; line += 1) lines[line] = index;
  }
  return lines;
}
