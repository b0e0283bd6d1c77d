/** The table of shots in its final geometry, before its data is there. */
import { Skeleton } from "@/components/ui/skeleton";

const ROWS = Array.from({ length: 12 }, (_, index) => index);

export function ShotsSkeleton() {
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-hidden">
      <div className="flex h-11 shrink-0 items-center gap-2 border-b px-3 max-md:h-auto max-md:flex-wrap max-md:py-2">
        <Skeleton className="h-control flex-1 max-md:basis-full md:max-w-64" />
        <Skeleton className="h-control w-28 max-md:flex-1" />
        <Skeleton className="h-control w-36 max-md:flex-1" />
      </div>
      <div className="h-8 shrink-0 border-b max-md:hidden" />
      <div className="flex h-8 shrink-0 items-center border-b bg-surface px-3 max-md:h-11">
        <Skeleton className="h-4 w-72" />
      </div>
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
