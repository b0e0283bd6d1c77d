/** The comparison in its final geometry, before it is there. */
import { Skeleton } from "@/components/ui/skeleton";

const SCENES = [0, 1, 2, 3];

export function DraftSkeleton() {
  return (
    <div className="grid content-start">
      <div className="h-11 border-b" />
      <div className="h-10 border-b" />
      {SCENES.map((scene) => (
        <div key={scene} className="grid grid-cols-2 gap-4 border-b p-4 max-md:grid-cols-1">
          <Skeleton className="h-24" />
          <Skeleton className="h-24 max-md:hidden" />
        </div>
      ))}
    </div>
  );
}
