/** The lines of the script, of which only those in view exist. */
import type { Virtualizer } from "@tanstack/react-virtual";
import type { PointerEvent } from "react";
import type { ElementRead, ShotRead } from "@/client/types.gen";
import type { Range } from "./lined-coverage";
import type { Edge } from "./lined-edge";
import { LinedRow } from "./lined-row";
import type { LinedModel } from "./use-lined-model";

interface LinedLinesProps {
  model: LinedModel;
  elements: ElementRead[];
  virtualizer: Virtualizer<HTMLDivElement, Element>;
  picked: Range | null;
  /** Whose lines are tinted. */
  tinted: ShotRead | undefined;
  target: number | null;
  selectedId: string | null;
  hoveredId: string | null;
  onSelect: (shotId: string) => void;
  onHover: (shotId: string | null) => void;
  onGrab: (shot: ShotRead, edge: Edge, event: PointerEvent) => void;
  onAdd: (line: number) => void;
}

export function LinedLines({
  model,
  elements,
  virtualizer,
  picked,
  tinted,
  target,
  ...rest
}: LinedLinesProps) {
  const { lines, byLine, coverage, marks, headings, warnings } = model;
  const own = new Set(tinted?.element_ids);
  return virtualizer.getVirtualItems().map(({ index, key, start }) => {
    const line = index + 1;
    const at = byLine[line];
    const element = at === undefined ? undefined : elements[at];
    const isUncovered = at !== undefined && coverage.isCovered[at] === false;
    return (
      <div
        key={key}
        ref={virtualizer.measureElement}
        data-index={index}
        className="absolute top-0 left-0 w-full"
        style={{ transform: `translateY(${start}px)` }}
      >
        <LinedRow
          line={line}
          text={lines[index] ?? ""}
          scene={headings.get(line)}
          warning={warnings.get(line)}
          marks={marks.get(line)}
          uncovered={isUncovered ? (element?.line_start === line ? "first" : "more") : null}
          isTinted={element !== undefined && own.has(element.id)}
          isPicked={at !== undefined && picked !== null && at >= picked.from && at <= picked.to}
          isTarget={line === target}
          {...rest}
        />
      </div>
    );
  });
}
