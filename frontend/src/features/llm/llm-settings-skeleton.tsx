/** The language model's settings while they load. */
import { Skeleton } from "@/components/ui/skeleton";
import { FIELDS } from "./fields";

export function LlmSettingsSkeleton() {
  return (
    <div className="grid gap-6" aria-hidden>
      <div className="grid gap-x-4 gap-y-2 md:grid-cols-2">
        {FIELDS.map(({ name }) => (
          <Skeleton key={name} className="h-25 max-md:h-33" />
        ))}
      </div>
      <Skeleton className="h-24" />
    </div>
  );
}
