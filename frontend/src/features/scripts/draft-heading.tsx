/** The two headings of a scene in a comparison, each with its number; what differs is marked. */
import type { SceneChange, SceneSide } from "@/client/types.gen";
import { cn } from "@/lib/utils";
import { DraftWords } from "./draft-words-mark";

export function DraftHeading({ scene }: { scene: SceneChange }) {
  const { old, new: revised } = scene;
  const isRenamed = old !== null && revised !== null && old.heading !== revised.heading;
  const isSame = old?.heading === revised?.heading && old?.number === revised?.number;
  return (
    <div className="grid gap-x-4 px-3 pb-1 md:grid-cols-2">
      <Side side={old} mark={isRenamed ? "removed" : "same"} className={cn(isSame && "max-md:hidden")} />
      <Side side={revised} mark={isRenamed ? "added" : "same"} />
    </div>
  );
}

interface SideProps {
  side: SceneSide | null;
  mark: "same" | "removed" | "added";
  className?: string;
}

function Side({ side, mark, className }: SideProps) {
  if (side === null) return <span className="max-md:hidden" aria-hidden />;
  return (
    <p className={cn("flex min-w-0 gap-2 font-bold font-script text-script max-md:text-field", className)}>
      <span className="tabular w-9 shrink-0 text-right font-medium font-sans text-meta leading-[22px]">
        {side.number}
      </span>
      <span className="wrap-anywhere min-w-0">
        <DraftWords kind={mark} text={side.heading} />
      </span>
    </p>
  );
}
