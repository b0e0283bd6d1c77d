/** The two headings of a scene in a comparison, each with its number. */
import type { SceneChange, SceneSide } from "@/client/types.gen";
import { cn } from "@/lib/utils";

export function DraftHeading({ scene }: { scene: SceneChange }) {
  const { old, new: revised, kind } = scene;
  const isSame = old?.heading === revised?.heading && old?.number === revised?.number;
  return (
    <div className="grid gap-x-4 px-3 pb-1 md:grid-cols-2">
      <Side side={old} className={cn(isSame && "max-md:hidden", kind === "omitted" && "line-through")} />
      <Side side={revised} />
    </div>
  );
}

function Side({ side, className }: { side: SceneSide | null; className?: string }) {
  if (side === null) return <span className="pl-11 text-faint max-md:hidden">–</span>;
  return (
    <p className="flex min-w-0 gap-2 font-bold font-script text-script max-md:text-field">
      <span className="tabular w-9 shrink-0 text-right font-medium font-sans text-meta leading-[22px]">
        {side.number}
      </span>
      <span className={cn("wrap-anywhere min-w-0", className)}>{side.heading}</span>
    </p>
  );
}
