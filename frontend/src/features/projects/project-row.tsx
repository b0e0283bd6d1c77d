/** One project in the list: 48 px, on a phone 72. */
import { MoreHorizontal, Pencil, Settings2, Trash2 } from "lucide-react";
import { useState } from "react";
import { Link } from "react-router";
import type { ProjectRead } from "@/client/types.gen";
import { InlineName } from "@/components/inline-name";
import { Button } from "@/components/ui/button";
import {
  DropdownMenu,
  DropdownMenuContent,
  DropdownMenuItem,
  DropdownMenuTrigger,
} from "@/components/ui/dropdown-menu";
import { formatWhen, parseTime, plural } from "@/lib/format";

/** Columns of the list, shared by its head: name, scenes, shots, ready, ingredients, format, changed, menu. */
export const PROJECT_COLUMNS =
  "grid grid-cols-[minmax(0,1fr)_44px] items-center gap-x-4 px-3 md:grid-cols-[minmax(0,1fr)_56px_56px_64px_88px_96px_96px_28px]";

interface ProjectRowProps {
  project: ProjectRead;
  to: string;
  onRename: (name: string) => void;
  onSettings: () => void;
  onDelete: () => void;
}

export function ProjectRow({ project, to, onRename, onSettings, onDelete }: ProjectRowProps) {
  const [isRenaming, setIsRenaming] = useState(false);
  const { name, scene_count, shot_count, ready_count, ingredient_count } = project;
  const changed = parseTime(project.updated_at);
  const format = `${project.aspect_ratio} · ${project.resolution}`;

  return (
    <li className={`${PROJECT_COLUMNS} relative h-12 shrink-0 border-b hover:bg-hover max-md:h-18`}>
      <div className="min-w-0">
        {isRenaming ? (
          <InlineName
            autoFocus
            value={name}
            label="Name of the project"
            onSave={onRename}
            onDone={() => setIsRenaming(false)}
            className="relative z-10 max-w-md"
          />
        ) : (
          // The link's area is the whole row; the menu lies above it.
          <Link
            to={to}
            onKeyDown={(event) => {
              if (event.key !== "F2") return;
              event.preventDefault();
              setIsRenaming(true);
            }}
            className="block truncate font-semibold outline-offset-0 after:absolute after:inset-0"
          >
            {name}
          </Link>
        )}
        <p className="tabular truncate text-meta text-muted-foreground md:hidden">
          {shot_count > 0 ? `${plural(shot_count, "shot")} · ${ready_count} ready` : "No shots yet"} ·{" "}
          {format}
        </p>
      </div>
      <Count value={scene_count} />
      <Count value={shot_count} />
      <Count value={ready_count} />
      <Count value={ingredient_count} />
      <span className="tabular text-muted-foreground max-md:hidden">{format}</span>
      <time
        dateTime={changed.toISOString()}
        title={changed.toLocaleString()}
        className="tabular whitespace-nowrap text-muted-foreground max-md:hidden"
      >
        {formatWhen(changed)}
      </time>
      <DropdownMenu>
        <DropdownMenuTrigger asChild>
          <Button variant="ghost" size="icon-sm" aria-label={`More for ${name}`} className="relative z-10">
            <MoreHorizontal />
          </Button>
        </DropdownMenuTrigger>
        <DropdownMenuContent
          align="end"
          // The menu would take the focus back from the field that Rename opens.
          onCloseAutoFocus={(event) => isRenaming && event.preventDefault()}
        >
          <DropdownMenuItem onSelect={() => setIsRenaming(true)}>
            <Pencil /> Rename
          </DropdownMenuItem>
          <DropdownMenuItem onSelect={onSettings}>
            <Settings2 /> Settings…
          </DropdownMenuItem>
          <DropdownMenuItem variant="destructive" onSelect={onDelete}>
            <Trash2 /> Delete…
          </DropdownMenuItem>
        </DropdownMenuContent>
      </DropdownMenu>
    </li>
  );
}

function Count({ value }: { value: number }) {
  return (
    <span className="tabular text-right text-muted-foreground max-md:hidden">
      {value === 0 ? "–" : value}
    </span>
  );
}
