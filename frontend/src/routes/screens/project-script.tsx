/** The script of a project, lined with its shots. */
import { useQuery } from "@tanstack/react-query";
import { useCallback } from "react";
import { useNavigate, useParams } from "react-router";
import { ScreenBoundary } from "@/components/screen-boundary";
import { ScriptScreen } from "@/features/scripts/script-screen";
import { ScriptSkeleton } from "@/features/scripts/script-skeleton";
import { projectShotsOptions } from "@/features/shots/project-shots";
import { paths } from "../paths";

export function Component() {
  const { projectId = "" } = useParams();
  const navigate = useNavigate();
  const shotsPath = paths.section(projectId, "shots");
  const shotPath = useCallback((shotId: string) => `${shotsPath}?shot=${shotId}`, [shotsPath]);

  return (
    <ScreenBoundary what="Could not show the script." skeleton={<ScriptSkeleton />} resetKeys={[projectId]}>
      <LinedScript
        projectId={projectId}
        shotsPath={shotsPath}
        shotPath={shotPath}
        draftPath={(draftId) => paths.draft(projectId, draftId)}
        onOpenProject={(id) => void navigate(paths.section(id, "script"))}
      />
    </ScreenBoundary>
  );
}

interface LinedScriptProps {
  projectId: string;
  shotsPath: string;
  shotPath: (shotId: string) => string;
  draftPath: (draftId: string) => string;
  onOpenProject: (projectId: string) => void;
}

function LinedScript(props: LinedScriptProps) {
  // The page is worth reading before its shots are there.
  const { data } = useQuery(projectShotsOptions(props.projectId));
  return <ScriptScreen {...props} shots={data?.items} />;
}
