/** Dragging the end of a rail: which paragraph it would reach, and what happens when it is let go. */
import { type PointerEvent, useCallback, useEffect, useState } from "react";
import type { ShotRead } from "@/client/types.gen";
import type { Edge } from "./lined-edge";
import { lineAt } from "./use-line-selection";

export interface Grabbed {
  shot: ShotRead;
  edge: Edge;
  /** The paragraph under the pointer. */
  target: number | null;
}

export function useEdgeDrag(
  indexOfLine: (line: number) => number | undefined,
  onDrop: (shot: ShotRead, edge: Edge, target: number) => void,
) {
  const [grabbed, setGrabbed] = useState<Grabbed | null>(null);

  useEffect(() => {
    if (!grabbed) return;
    const move = (event: globalThis.PointerEvent) => {
      const line = lineAt({ target: document.elementFromPoint(event.clientX, event.clientY) });
      const target = line === null ? undefined : indexOfLine(line);
      if (target !== undefined && target !== grabbed.target) setGrabbed({ ...grabbed, target });
    };
    const end = () => {
      if (grabbed.target !== null) onDrop(grabbed.shot, grabbed.edge, grabbed.target);
      setGrabbed(null);
    };
    const cancel = (event: KeyboardEvent) => event.key === "Escape" && setGrabbed(null);
    window.addEventListener("pointermove", move);
    window.addEventListener("pointerup", end);
    window.addEventListener("keydown", cancel);
    return () => {
      window.removeEventListener("pointermove", move);
      window.removeEventListener("pointerup", end);
      window.removeEventListener("keydown", cancel);
    };
  }, [grabbed, indexOfLine, onDrop]);

  const grab = useCallback((shot: ShotRead, edge: Edge, event: PointerEvent) => {
    event.preventDefault();
    event.stopPropagation();
    setGrabbed({ shot, edge, target: null });
  }, []);
  return { grabbed, grab };
}
