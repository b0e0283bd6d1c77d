/** The lined page in its final geometry, before its text is there. */
import { Skeleton } from "@/components/ui/skeleton";

const WIDTHS = [46, 0, 88, 72, 0, 30, 54, 0, 92, 64, 80, 0, 38, 0, 76, 90, 0, 28, 48];

export function ScriptSkeleton() {
  return (
    <div className="mx-auto grid w-full max-w-[760px] content-start gap-1.5 py-4 pr-48 pl-10 max-md:pr-12">
      {WIDTHS.map((width, line) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the lines of a skeleton never move
        <Skeleton key={line} className="h-4" style={{ width: `${width}%` }} />
      ))}
    </div>
  );
}
