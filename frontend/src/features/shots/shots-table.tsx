/** The table of shots: thousands of rows, of which only those in view exist. */
import { useDndContext } from "@dnd-kit/core";
import { defaultRangeExtractor, useVirtualizer } from "@tanstack/react-virtual";
import { useEffect, useMemo, useRef } from "react";
import { useIsPhone } from "@/lib/media";
import { cn } from "@/lib/utils";
import { type Dragged, type DropTarget, shotDrop } from "./drag-data";
import { CAMERA_CELL, GRID, HEAD, HEIGHTS, PHONE_HEIGHTS, ROW, ROW_GRID } from "./row-grid";
import type { TableRow } from "./shot-rows";
import { TableRowView } from "./table-row-view";
import { useWorkspace } from "./workspace-context";

interface ShotsTableProps {
  rows: TableRow[];
  selectedId: string | null;
}

const keyOf = (row: TableRow) => (row.kind === "shot" ? row.shot.id : `${row.kind} ${row.scene.id}`);

export function ShotsTable({ rows, selectedId }: ShotsTableProps) {
  const isPhone = useIsPhone();
  const heights = isPhone ? PHONE_HEIGHTS : HEIGHTS;
  const scroller = useRef<HTMLDivElement>(null);
  const stickies = useMemo(() => rows.flatMap((row, index) => (row.kind === "scene" ? [index] : [])), [rows]);
  const sticky = useRef(0);
  const landing = useLanding();

  const virtualizer = useVirtualizer({
    count: rows.length,
    getScrollElement: () => scroller.current,
    estimateSize: (index) => heights[rows[index]?.kind ?? "shot"],
    getItemKey: (index) => {
      const row = rows[index];
      return row ? keyOf(row) : index;
    },
    overscan: 8,
    scrollPaddingStart: heights.scene,
    scrollPaddingEnd: 8,
    rangeExtractor: (range) => {
      sticky.current = stickies.findLast((index) => index <= range.startIndex) ?? 0;
      return [...new Set([sticky.current, ...defaultRangeExtractor(range)])].sort((a, b) => a - b);
    },
  });

  // biome-ignore lint/correctness/useExhaustiveDependencies: the sizes of rows follow the screen class
  useEffect(() => virtualizer.measure(), [isPhone]);

  const selectedIndex = rows.findIndex((row) => row.kind === "shot" && row.shot.id === selectedId);
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a new selection scrolls, not every refetch
  useEffect(() => {
    if (selectedIndex >= 0) virtualizer.scrollToIndex(selectedIndex, { align: "auto" });
  }, [selectedId, selectedIndex >= 0]);

  return (
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: its role comes with the spread
    <div
      {...GRID}
      aria-label="Shots"
      aria-rowcount={rows.length}
      aria-multiselectable
      className="@container flex min-h-0 flex-1 flex-col"
    >
      <div
        {...ROW}
        className={cn(
          ROW_GRID,
          "h-8 shrink-0 items-center border-b font-medium text-faint text-meta max-md:hidden",
        )}
      >
        <span />
        <span {...HEAD}>Shot</span>
        <span {...HEAD}>Frame</span>
        <span {...HEAD} className="px-1">
          Action
        </span>
        <span {...HEAD} className={CAMERA_CELL}>
          Camera
        </span>
        <span {...HEAD} className="text-right" title="Seconds: used / made">
          Sec
        </span>
        <span {...HEAD}>Slots</span>
        <span {...HEAD}>State</span>
      </div>
      <div ref={scroller} data-drag-scrolls className="min-h-0 flex-1 overflow-y-auto overflow-x-hidden">
        <div className="relative w-full" style={{ height: virtualizer.getTotalSize() }}>
          {virtualizer.getVirtualItems().map(({ index, key, start, size }) => {
            const row = rows[index];
            if (!row) return null;
            const isSticky = index === sticky.current;
            return (
              <div
                key={key}
                className={cn(
                  "w-full has-[textarea]:z-20",
                  isSticky ? "sticky top-0 z-10" : "absolute top-0 left-0",
                )}
                style={isSticky ? { height: size } : { height: size, transform: `translateY(${start}px)` }}
              >
                <TableRowView row={row} selectedId={selectedId} isPhone={isPhone} landing={landing} />
              </div>
            );
          })}
        </div>
      </div>
    </div>
  );
}

export interface Landing {
  overId: string;
  edge: "before" | "after" | "scene";
}

/** Where the shot being dragged would land now. */
function useLanding(): Landing | null {
  const { active, over } = useDndContext();
  const { groups } = useWorkspace();
  const dragged = active?.data.current as Dragged | undefined;
  const target = over?.data.current as DropTarget | undefined;
  if (dragged?.type !== "shot" || !target) return null;
  if (target.type === "scene") return { overId: target.sceneId, edge: "scene" };
  const landing = shotDrop([...groups.values()].flat(), dragged.shotId, target.shotId);
  return landing && { overId: target.shotId, edge: landing.edge };
}
