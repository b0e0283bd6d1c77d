/** A revised draft of a project's script, beside the script. */
import { useNavigate, useParams } from "react-router";
import { ScreenBoundary } from "@/components/screen-boundary";
import { Button } from "@/components/ui/button";
import { DraftScreen } from "@/features/scripts/draft-screen";
import { DraftSkeleton } from "@/features/scripts/draft-skeleton";
import { paths } from "../paths";

export function Component() {
  const { projectId = "", draftId = "" } = useParams();
  const navigate = useNavigate();
  const scriptPath = paths.section(projectId, "script");
  const shotsPath = paths.section(projectId, "shots");
  return (
    <ScreenBoundary
      what="Could not show the draft."
      skeleton={<DraftSkeleton />}
      resetKeys={[draftId]}
      actions={
        <Button variant="outline" onClick={() => void navigate(scriptPath)}>
          Back to the script
        </Button>
      }
    >
      <DraftScreen
        key={draftId}
        projectId={projectId}
        draftId={draftId}
        scriptPath={scriptPath}
        shotsPath={shotsPath}
        shotPath={(shotId) => `${shotsPath}?shot=${shotId}`}
        onLeave={() => void navigate(scriptPath)}
      />
    </ScreenBoundary>
  );
}
