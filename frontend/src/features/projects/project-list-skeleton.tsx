/** The list of projects while it loads, in its final geometry. */
import { Skeleton } from "@/components/ui/skeleton";
import { PROJECT_COLUMNS } from "./project-row";

const ROWS = Array.from({ length: 8 }, (_, index) => `row-${index}`);

export function ProjectListSkeleton() {
  return (
    <div className="min-h-0 flex-1 pt-8 max-md:pt-0">
      {ROWS.map((row) => (
        <div key={row} className={`${PROJECT_COLUMNS} h-12 border-b max-md:h-18`}>
          <Skeleton className="h-4 w-56 max-w-full" />
        </div>
      ))}
    </div>
  );
}
