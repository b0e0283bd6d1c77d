/** The table of shots in its final geometry, before its rows are there. */
import { Skeleton } from "@/components/ui/skeleton";

const ROWS = Array.from({ length: 12 }, (_, index) => index);

export function ShotsSkeleton() {
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-hidden">
      <div className="flex h-11 shrink-0 items-center gap-2 border-b px-3">
        <Skeleton className="h-7 w-64" />
        <Skeleton className="h-7 w-28" />
      </div>
      <div className="h-8 shrink-0 border-b" />
      {ROWS.map((row) => (
        <div key={row} className="flex h-12 shrink-0 items-center gap-3 border-b px-3 max-md:h-21">
          <Skeleton className="h-9 w-16" />
          <Skeleton className="h-4 flex-1" />
          <Skeleton className="h-8 w-26" />
        </div>
      ))}
    </div>
  );
}
