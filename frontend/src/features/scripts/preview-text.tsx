/** The text of a previewed screenplay with its lines numbered and its doubts beside them; only lines in view exist. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef } from "react";
import type { ScriptPreview } from "@/client/types.gen";
import { cn } from "@/lib/utils";
import { messagesByLine } from "./warnings";

const LINE_PX = 22;
const CHARACTERS = 61;

interface PreviewTextProps {
  preview: ScriptPreview;
  /** Indexes of the scenes that are left out. */
  dropped: ReadonlySet<number>;
  /** A line to go to, from 1. */
  target: number | null;
}

export function PreviewText({ preview, dropped, target }: PreviewTextProps) {
  const scroller = useRef<HTMLDivElement>(null);
  const lines = useMemo(() => preview.text.split("\n"), [preview.text]);
  const headings = useMemo(
    () => new Set(preview.scenes.filter((scene) => !scene.is_synthetic).map((scene) => scene.line_start)),
    [preview.scenes],
  );
  const warnings = useMemo(() => messagesByLine(preview.warnings), [preview.warnings]);
  const out = preview.scenes.filter((scene) => dropped.has(scene.index));
  const virtualizer = useVirtualizer({
    count: lines.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => LINE_PX * Math.max(1, Math.ceil((lines[index]?.length ?? 0) / CHARACTERS)),
    overscan: 30,
  });

  useEffect(() => {
    if (target !== null) virtualizer.scrollToIndex(target - 1, { align: "center" });
  }, [target, virtualizer]);

  return (
    <div ref={scroller} className="min-h-0 min-w-0 flex-1 overflow-y-auto overflow-x-hidden py-4">
      <div
        className="relative mx-auto max-w-[640px] px-3"
        style={{ height: virtualizer.getTotalSize() }}
        role="document"
        aria-label={`Text of ${preview.filename}`}
      >
        {virtualizer.getVirtualItems().map(({ index, key, start }) => {
          const line = index + 1;
          const warning = warnings.get(line);
          const isOut = out.some((scene) => line >= scene.line_start && line <= scene.line_end);
          return (
            <div
              key={key}
              ref={virtualizer.measureElement}
              data-index={index}
              className={cn(
                "absolute top-0 left-0 flex min-h-[22px] w-full font-script text-script max-md:text-field",
                line === target && "bg-selected",
              )}
              style={{ transform: `translateY(${start}px)` }}
            >
              <span className="tabular w-12 shrink-0 select-none pr-3 text-right font-sans text-faint text-meta leading-[22px]">
                {line}
              </span>
              <span
                className={cn(
                  "wrap-anywhere min-w-0 flex-1 whitespace-pre-wrap",
                  headings.has(line) && "font-bold",
                  isOut && "text-faint line-through",
                )}
              >
                {lines[index]}
                {warning && <span className="block font-sans text-meta text-warn">▲ {warning}</span>}
              </span>
            </div>
          );
        })}
      </div>
    </div>
  );
}
