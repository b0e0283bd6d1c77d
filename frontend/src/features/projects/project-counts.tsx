/** How far the project is, for the status bar. */
import type { ProjectRead } from "@/client/types.gen";
import { plural } from "@/lib/format";

export function ProjectCounts({ project }: { project: ProjectRead }) {
  const { shot_count, ready_count } = project;
  if (shot_count === 0) return <span className="whitespace-nowrap">No shots yet</span>;
  const open = shot_count - ready_count;
  return (
    <span className="tabular whitespace-nowrap">
      {plural(shot_count, "shot")} · {ready_count.toLocaleString()} ready
      {open > 0 && ` · ${open.toLocaleString()} draft`}
    </span>
  );
}
