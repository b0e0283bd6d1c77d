/** The comparison in its final geometry, before it is there. */
import { Skeleton } from "@/components/ui/skeleton";

const SCENES = [0, 1, 2, 3];
const FILTERS = [0, 1, 2, 3, 4];
const LINES = ["w-11/12", "w-4/5", "w-1/2"];

export function DraftSkeleton() {
  return (
    <div className="flex min-h-0 flex-1 flex-col overflow-hidden">
      <div className="flex min-h-12 shrink-0 items-center gap-2 border-b px-3 py-1.5">
        <Skeleton className="size-control" />
        <Skeleton className="h-5 w-64 min-w-0 shrink" />
        <span className="flex-1" />
        <Skeleton className="h-control w-18" />
        <Skeleton className="h-control w-24" />
      </div>
      <div className="flex shrink-0 flex-wrap gap-1 border-b px-3 py-1.5">
        {FILTERS.map((filter) => (
          <Skeleton key={filter} className="h-control w-26" />
        ))}
      </div>
      <div className="h-6 shrink-0 border-b max-md:hidden" />
      {SCENES.map((scene) => (
        <div key={scene} className="shrink-0 border-b px-3 py-2">
          <div className="flex items-center gap-3">
            <Skeleton className="size-7 max-md:size-11" />
            <Skeleton className="h-4 w-24" />
            <span className="flex-1" />
            <Skeleton className="h-control w-40" />
          </div>
          <div className="grid gap-4 pt-2 md:grid-cols-2">
            <Column />
            <Column className="max-md:hidden" />
          </div>
        </div>
      ))}
    </div>
  );
}

function Column({ className = "" }: { className?: string }) {
  return (
    <div className={`grid gap-1.5 pl-11 ${className}`}>
      {LINES.map((width) => (
        <Skeleton key={width} className={`h-4 ${width}`} />
      ))}
    </div>
  );
}
