/** The head of the inspector: number, state, where in the list. */
import type { ShotRead } from "@/client/types.gen";
import { StateBadge } from "./state-badge";

interface InspectorTitleProps {
  shot: ShotRead;
  /** Place in the list on screen, from 0; -1 when the filter hides it. */
  at: number;
  count: number;
}

export function InspectorTitle({ shot, at, count }: InspectorTitleProps) {
  return (
    <span className="flex items-baseline gap-3">
      <span className="tabular">{shot.number}</span>
      <StateBadge shot={shot} className="font-normal text-body" />
      {at >= 0 && (
        <span className="tabular ml-auto font-normal text-faint text-meta">
          {(at + 1).toLocaleString()} of {count.toLocaleString()}
        </span>
      )}
    </span>
  );
}
