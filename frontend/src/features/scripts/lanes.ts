/** Which shots cover which lines, laid out in two lanes beside the page. */
import type { ShotRead } from "@/client/types.gen";

const LANES = 2;

export interface Mark {
  shot: ShotRead;
  isFirst: boolean;
  isLast: boolean;
}

export interface LineMarks {
  /** One entry for each lane. */
  lanes: (Mark | null)[];
  /** Shots that begin here and found no lane. */
  more: ShotRead[];
}

/** The marks of every line that has some, by line number from 1. */
export function layOut(shots: ShotRead[]): Map<number, LineMarks> {
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
    .filter((shot) => shot.line_start !== null)
    .sort((a, b) => (a.line_start ?? 0) - (b.line_start ?? 0) || a.sequence_number - b.sequence_number);

  for (const shot of placed) {
    const first = shot.line_start ?? 0;
    const last = Math.max(first, shot.line_end ?? first);
    const lane = busyUntil.findIndex((until) => until < first);
    if (lane < 0) {
      at(first).more.push(shot);
      continue;
    }
    busyUntil[lane] = last;
    for (let line = first; line <= last; line += 1) {
      at(line).lanes[lane] = { shot, isFirst: line === first, isLast: line === last };
    }
  }
  return lines;
}
