/** The paragraphs picked on the lined page, by mouse or from the keyboard, grown to whole speeches. */
import { type PointerEvent, useCallback, useRef, useState } from "react";
import type { ElementRead } from "@/client/types.gen";
import { type Range, wholeRange } from "./lined-coverage";

interface Selection {
  /** Where it began, and where it reaches: indexes of elements. */
  anchor: number;
  reach: number;
}

interface LineSelection {
  range: Range | null;
  /** Put the cursor on a paragraph, or with `extends` reach as far as it. */
  select: (index: number, extend?: boolean) => void;
  /** One piece down (1) or up (-1). */
  step: (by: 1 | -1, extend: boolean) => number | undefined;
  clear: () => void;
  pointer: {
    onPointerDown: (event: PointerEvent) => void;
    onPointerMove: (event: PointerEvent) => void;
    onPointerUp: (event: PointerEvent) => void;
  };
}

/** The line under the pointer, from the row that says which it is. */
export function lineAt(event: { target: EventTarget | null }): number | null {
  const row = event.target instanceof Element ? event.target.closest("[data-line]") : null;
  return row ? Number(row.getAttribute("data-line")) : null;
}

const isControl = (target: EventTarget | null) =>
  target instanceof Element && target.closest("a, button") !== null;

export function useLineSelection(
  elements: ElementRead[],
  pieces: Range[],
  indexOfLine: (line: number) => number | undefined,
  onClick: (index: number) => void,
): LineSelection {
  const [selection, setSelection] = useState<Selection | null>(null);
  const from = useRef<number | null>(null);
  const hasMoved = useRef(false);

  const select = useCallback(
    (index: number, extend = false) =>
      setSelection((now) => ({ anchor: extend && now ? now.anchor : index, reach: index })),
    [],
  );
  const range = selection && wholeRange(elements, pieces, selection.anchor, selection.reach);

  const indexAt = (event: PointerEvent) => {
    const line = lineAt(event);
    return line === null ? undefined : indexOfLine(line);
  };

  return {
    range,
    select,
    step: (by, extend) => {
      const here = range && (by > 0 ? range.to : range.from);
      const shrinks = extend && selection && range && Math.sign(selection.reach - selection.anchor) === -by;
      const at = shrinks
        ? ((by > 0 ? pieces[selection.reach]?.to : pieces[selection.reach]?.from) ?? 0)
        : here;
      const next = Math.max(0, Math.min(elements.length - 1, (at ?? -1) + by));
      const start = pieces[next]?.from ?? next;
      select(start, extend);
      return start;
    },
    clear: () => setSelection(null),
    pointer: {
      onPointerDown: (event) => {
        const index = indexAt(event);
        if (event.button !== 0 || event.pointerType === "touch" || isControl(event.target)) return;
        if (index === undefined) return setSelection(null);
        from.current = index;
        hasMoved.current = event.shiftKey;
        select(index, event.shiftKey);
      },
      onPointerMove: (event) => {
        if (from.current === null) return;
        const index = indexAt(event);
        if (index === undefined || (index === from.current && !hasMoved.current)) return;
        hasMoved.current = true;
        select(index, true);
      },
      onPointerUp: (event) => {
        const isTouch = event.pointerType === "touch" && !isControl(event.target);
        const index = isTouch ? indexAt(event) : from.current;
        if (index !== null && index !== undefined && !hasMoved.current) onClick(index);
        from.current = null;
        hasMoved.current = false;
      },
    },
  };
}
