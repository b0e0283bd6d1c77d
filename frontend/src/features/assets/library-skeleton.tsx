/** The library while it loads, in its final geometry. */
import type { CSSProperties } from "react";
import { Skeleton } from "@/components/ui/skeleton";
import { usePreferences } from "@/lib/preferences";
import { GRID_CLASS } from "./asset-grid";

const TILES = Array.from({ length: 21 }, (_, index) => `tile-${index}`);

export function LibrarySkeleton() {
  const tileSize = usePreferences((state) => state.tileSize);
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-hidden">
      <div className="h-11 shrink-0 border-b" />
      <div className={GRID_CLASS} style={{ "--tile": `${tileSize}px` } as CSSProperties}>
        {TILES.map((tile) => (
          <div key={tile} className="overflow-hidden rounded-md border">
            <Skeleton className="aspect-4/3 rounded-none" />
            <div className="grid h-11 content-center gap-1.5 px-2">
              <Skeleton className="h-3 w-3/4" />
              <Skeleton className="h-3 w-1/2" />
            </div>
          </div>
        ))}
      </div>
    </div>
  );
}
