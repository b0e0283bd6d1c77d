/** The script with its lines numbered and lined by shots; only the lines in view exist. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef, useState } from "react";
import type { SceneRead, ScriptDetail, ShotRead } from "@/client/types.gen";
import { useIsWide } from "@/lib/media";
import { layOut } from "./lanes";
import { LinedRow } from "./lined-row";
import { SceneIndex } from "./scene-index";

interface LinedPageProps {
  script: ScriptDetail;
  scenes: SceneRead[];
  shots: ShotRead[];
  /** A line to go to, from 1. */
  target: number | null;
  onLine: (line: number) => void;
  shotPath: (shotId: string) => string;
}

const LINE_PX = 22;
const CHARACTERS = 61;

export function LinedPage({ script, scenes, shots, target, onLine, shotPath }: LinedPageProps) {
  const isWide = useIsWide();
  const scroller = useRef<HTMLDivElement>(null);
  const [hovered, setHovered] = useState<string | null>(null);
  const lines = useMemo(() => script.text.split("\n"), [script.text]);
  const marks = useMemo(() => layOut(shots), [shots]);
  const headings = useMemo(() => new Set(scenes.map((scene) => scene.line_start)), [scenes]);
  const warnings = useMemo(
    () => new Map(script.warnings.map(({ line, message }) => [line, message])),
    [script.warnings],
  );
  const tinted = shots.find((shot) => shot.id === hovered);

  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => LINE_PX * Math.max(1, Math.ceil((lines[index]?.length ?? 0) / CHARACTERS)),
    overscan: 30,
  });

  useEffect(() => {
    if (target !== null) virtualizer.scrollToIndex(target - 1, { align: "center" });
  }, [target, virtualizer]);

  const first = virtualizer.range?.startIndex ?? 0;
  const here = scenes.findLast((scene) => (scene.line_start ?? Number.POSITIVE_INFINITY) <= first + 2);

  return (
    <div className="flex min-h-0 flex-1">
      {isWide && <SceneIndex scenes={scenes} currentId={here?.id} onLine={onLine} />}
      <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto overflow-x-hidden py-4">
        <div
          className="relative mx-auto max-w-[760px]"
          style={{ height: virtualizer.getTotalSize() }}
          role="document"
          aria-label={`Script ${script.filename}`}
        >
          {virtualizer.getVirtualItems().map(({ index, key, start }) => {
            const line = index + 1;
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
                  isHeading={headings.has(line)}
                  warning={warnings.get(line)}
                  marks={marks.get(line)}
                  isTinted={
                    tinted !== undefined &&
                    line >= (tinted.line_start ?? 0) &&
                    line <= (tinted.line_end ?? tinted.line_start ?? 0)
                  }
                  isTarget={line === target}
                  shotPath={shotPath}
                  onHover={setHovered}
                />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}
