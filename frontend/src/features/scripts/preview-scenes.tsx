/** The scenes that an import would make; only those in view exist. */
import { useVirtualizer } from "@tanstack/react-virtual";
import { useRef } from "react";
import { Checkbox } from "@/components/ui/checkbox";
import { useIsPhone } from "@/lib/media";
import type { PlanState } from "./import-plan";
import { PreviewScene } from "./preview-scene";

const ROW_PX = 52;
const PHONE_ROW_PX = 72;

interface PreviewScenesProps {
  plan: PlanState;
  onLine: (line: number) => void;
}

export function PreviewScenes({ plan, onLine }: PreviewScenesProps) {
  const { rows, keep } = plan;
  const isPhone = useIsPhone();
  const scroller = useRef<HTMLDivElement>(null);
  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: () => (isPhone ? PHONE_ROW_PX : ROW_PX),
    getItemKey: (index) => rows[index]?.scene.index ?? index,
    overscan: 12,
  });
  const kept = rows.filter((row) => !row.isDropped).length;

  return (
    <div className="flex min-h-0 flex-col max-md:flex-1 md:w-[46%] md:min-w-[420px] md:border-r">
      <div className="flex h-9 shrink-0 items-center gap-3 border-b px-3 text-faint text-meta max-md:h-11">
        <Checkbox
          aria-label="All scenes"
          checked={kept === rows.length ? true : kept === 0 ? false : "indeterminate"}
          onCheckedChange={(checked) =>
            keep(
              rows.map((row) => row.scene.index),
              checked === true,
            )
          }
        />
        Scenes to import: {kept} of {rows.length}
      </div>
      <div ref={scroller} className="min-h-0 flex-1 overflow-y-auto">
        <ul className="relative" style={{ height: virtualizer.getTotalSize() }} aria-label="Scenes">
          {virtualizer.getVirtualItems().map(({ index, key, start, size }) => {
            const row = rows[index];
            return (
              row && (
                <li
                  key={key}
                  className="absolute top-0 left-0 w-full"
                  style={{ height: size, transform: `translateY(${start}px)` }}
                >
                  <PreviewScene row={row} plan={plan} onLine={onLine} />
                </li>
              )
            );
          })}
        </ul>
      </div>
    </div>
  );
}
