/** The shots of a project, and the one being worked on. */
import { useSuspenseQuery } from "@tanstack/react-query";
import { Clapperboard } from "lucide-react";
import { useCallback, useState } from "react";
import { Link, useParams } from "react-router";
import { getProjectOptions } from "@/client/@tanstack/react-query.gen";
import type { SceneRead } from "@/client/types.gen";
import { EmptyState } from "@/components/empty-state";
import { ScreenBoundary } from "@/components/screen-boundary";
import { Button } from "@/components/ui/button";
import { BreakdownDialog } from "@/features/scripts/breakdown-dialog";
import { ShotsScreen } from "@/features/shots/shots-screen";
import { ShotsSkeleton } from "@/features/shots/shots-skeleton";
import { paths } from "../paths";

export function Component() {
  const { projectId = "" } = useParams();
  const { data: project } = useSuspenseQuery(getProjectOptions({ path: { project_id: projectId } }));
  const [breaking, setBreaking] = useState<SceneRead[] | null>(null);
  const script = paths.section(projectId, "script");
  const scriptPath = useCallback(
    (scriptId: string, line: number, shotId: string) =>
      `${script}?script=${scriptId}&line=${line}&shot=${shotId}`,
    [script],
  );

  if (project.scene_count === 0) {
    return (
      <EmptyState
        icon={Clapperboard}
        title="No shots yet"
        text="Import a screenplay: its scenes and shots appear here within seconds."
      >
        <Button asChild>
          <Link to={script}>Import a screenplay</Link>
        </Button>
      </EmptyState>
    );
  }
  return (
    <ScreenBoundary what="Could not show the shots." skeleton={<ShotsSkeleton />} resetKeys={[projectId]}>
      <ShotsScreen
        projectId={projectId}
        libraryPath={paths.section(projectId, "library")}
        scriptPath={scriptPath}
        onBreakDown={setBreaking}
      />
      {breaking && (
        <BreakdownDialog projectId={projectId} scenes={breaking} onClose={() => setBreaking(null)} />
      )}
    </ScreenBoundary>
  );
}
