/** A project's script: how its import goes or went, and the lined page. */
import { usePrefetchQuery, useQuery, useSuspenseQuery } from "@tanstack/react-query";
import { useMemo } from "react";
import {
  getScriptOptions,
  listScenesOptions,
  listScriptElementsOptions,
} from "@/client/@tanstack/react-query.gen";
import type { ElementRead, ScriptRead, ShotRead } from "@/client/types.gen";
import { ImportFailure } from "./import-failure";
import { ImportProgress } from "./import-progress";
import { ImportResult } from "./import-result";
import { importJobsOptions, importOf, isActive } from "./imports";
import { LinedPage } from "./lined-page";

interface ScriptViewProps {
  projectId: string;
  script: ScriptRead;
  /** All shots of the project, once they are there. */
  shots: ShotRead[] | undefined;
  target: number | null;
  onLine: (line: number) => void;
  shotPath: (shotId: string) => string;
}

const NONE: ElementRead[] = [];
const NO_SHOTS: ShotRead[] = [];

export function ScriptView({ projectId, script, shots, target, onLine, shotPath }: ScriptViewProps) {
  // Asked for before the page waits for its text, so that the progress is there with the first lines.
  usePrefetchQuery(importJobsOptions(projectId));
  const { data: detail } = useSuspenseQuery(getScriptOptions({ path: { script_id: script.id } }));
  const { data: allScenes } = useSuspenseQuery(listScenesOptions({ path: { project_id: projectId } }));
  // Like the shots, it comes a moment after the text, which is worth reading before.
  const { data: held } = useQuery(listScriptElementsOptions({ path: { script_id: script.id } }));
  const { data: jobs } = useQuery(importJobsOptions(projectId));
  const job = importOf(jobs, script.id);

  const scenes = useMemo(
    () => allScenes.items.filter((scene) => scene.script_id === script.id),
    [allScenes, script.id],
  );
  const own = useMemo(() => {
    const ids = new Set(scenes.map((scene) => scene.id));
    return (shots ?? NO_SHOTS).filter((shot) => ids.has(shot.scene_id));
  }, [scenes, shots]);

  return (
    <>
      {job && isActive(job) && <ImportProgress job={job} />}
      {(job?.status === "failed" || job?.status === "cancelled") && <ImportFailure job={job} />}
      <ImportResult script={detail} scenes={scenes} onLine={onLine} />
      <LinedPage
        script={detail}
        scenes={scenes}
        shots={own}
        // Without the shots every paragraph would look as if none covered it.
        elements={(shots && held?.items) ?? NONE}
        target={target}
        onLine={onLine}
        shotPath={shotPath}
      />
    </>
  );
}
