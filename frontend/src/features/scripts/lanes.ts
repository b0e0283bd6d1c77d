/** The rails of shots beside the page: which lines each one runs along, in two lanes. */
import type { ElementRead, ShotRead } from "@/client/types.gen";

const LANES = 2;

export interface Mark {
  shot: ShotRead;
  /** The rail begins or ends on this line; where it skips paragraphs it ends and begins again. */
  isFirst: boolean;
  isLast: boolean;
  /** The shot's number and seconds stand here. */
  isTop: boolean;
  /** The last line of all: here its end is dragged. */
  isBottom: boolean;
}

export interface LineMarks {
  /** One entry for each lane. */
  lanes: (Mark | null)[];
  /** Shots that begin here and found no lane. */
  more: ShotRead[];
}

interface Stretch {
  from: number;
  to: number;
}

/** The stretches of lines a shot covers: paragraphs that follow each other are one. */
function stretchesOf(shot: ShotRead, place: Map<string, number>, elements: ElementRead[]): Stretch[] {
  const indexes = shot.element_ids.flatMap((id) => place.get(id) ?? []).sort((a, b) => a - b);
  const out: Stretch[] = [];
  let before = Number.NaN;
  for (const index of indexes) {
    const element = elements[index];
    if (!element) continue;
    const last = out.at(-1);
    if (last && index === before + 1) last.to = Math.max(last.to, element.line_end);
    else out.push({ from: element.line_start, to: element.line_end });
    before = index;
  }
  return out;
}

/** The marks of every line that has some, by line number from 1. */
export function layOut(shots: ShotRead[], elements: ElementRead[]): Map<number, LineMarks> {
  const place = new Map(elements.map(({ id }, index) => [id, index]));
  const lines = new Map<number, LineMarks>();
  const at = (line: number): LineMarks => {
    const known = lines.get(line);
    if (known) return known;
    const fresh = { lanes: new Array<Mark | null>(LANES).fill(null), more: [] };
    lines.set(line, fresh);
    return fresh;
  };
  const busyUntil = new Array<number>(LANES).fill(0);
  const placed = shots
    .map((shot) => ({ shot, stretches: stretchesOf(shot, place, elements) }))
    .filter(({ stretches }) => stretches.length > 0)
    .sort(
      (a, b) =>
        (a.stretches[0]?.from ?? 0) - (b.stretches[0]?.from ?? 0) ||
        a.shot.sequence_number - b.shot.sequence_number,
    );

  for (const { shot, stretches } of placed) {
    const top = stretches[0]?.from ?? 0;
    const bottom = stretches.at(-1)?.to ?? top;
    const lane = busyUntil.findIndex((until) => until < top);
    if (lane < 0) {
      at(top).more.push(shot);
      continue;
    }
    busyUntil[lane] = bottom;
    for (const { from, to } of stretches) {
      for (let line = from; line <= to; line += 1) {
        at(line).lanes[lane] = {
          shot,
          isFirst: line === from,
          isLast: line === to,
          isTop: line === top,
          isBottom: line === bottom,
        };
      }
    }
  }
  return lines;
}
