/** A quiet mark on what a person wrote: a new breakdown keeps it. */
import type { ShotRead } from "@/client/types.gen";
import { Tip } from "@/components/tip";

interface ProvenanceMarkProps {
  shot: ShotRead;
  field: "description" | "duration" | "size" | "angle" | "movement" | "anchors";
}

export function ProvenanceMark({ shot, field }: ProvenanceMarkProps) {
  if (shot.provenance[field] !== "human") return null;
  const what = field === "anchors" ? "You chose the lines" : "Edited by hand";
  return (
    <Tip text={`${what}. A new breakdown keeps this shot unless you say otherwise.`}>
      <span className="cursor-default font-normal text-faint text-meta">
        {" "}
        · {field === "anchors" ? "marked" : "edited"}
      </span>
    </Tip>
  );
}
