/** Above the script: drafts that were taken in and not applied yet. */
import { useQuery } from "@tanstack/react-query";
import { Link } from "react-router";
import { listDraftsOptions } from "@/client/@tanstack/react-query.gen";

interface OpenDraftsProps {
  projectId: string;
  draftPath: (draftId: string) => string;
}

export function OpenDrafts({ projectId, draftPath }: OpenDraftsProps) {
  const { data } = useQuery(listDraftsOptions({ path: { project_id: projectId } }));
  if (!data || data.total === 0) return null;
  return (
    <ul aria-label="Drafts not applied" className="border-b bg-surface px-3 py-1">
      {data.items.map((draft) => (
        <li key={draft.id} className="flex min-h-7 items-center gap-2 max-md:min-h-11">
          <span className="min-w-0 truncate text-muted-foreground">
            Draft <span className="text-foreground">{draft.filename}</span> is not applied.
          </span>
          <Link to={draftPath(draft.id)} className="shrink-0 text-primary hover:underline">
            Compare
          </Link>
        </li>
      ))}
    </ul>
  );
}
