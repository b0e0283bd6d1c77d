/** A revised draft beside the script: scene by scene, what becomes of each, and applying it. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { getDraftOptions } from "@/client/@tanstack/react-query.gen";
import { DraftComparison } from "./draft-comparison";
import { DraftResult } from "./draft-result";

interface DraftScreenProps {
  projectId: string;
  draftId: string;
  scriptPath: string;
  shotsPath: string;
  shotPath: (shotId: string) => string;
  onLeave: () => void;
}

export function DraftScreen({ draftId, ...props }: DraftScreenProps) {
  const { data: draft } = useSuspenseQuery(getDraftOptions({ path: { draft_id: draftId } }));
  if (draft.applied) return <DraftResult draft={draft} applied={draft.applied} {...props} />;
  return <DraftComparison draft={draft} {...props} />;
}
