/** The scenes of the script at its left: where one is, and the way to another. */
import { useEffect, useRef } from "react";
import type { SceneRead } from "@/client/types.gen";
import { plural } from "@/lib/format";
import { cn } from "@/lib/utils";

interface SceneIndexProps {
  scenes: SceneRead[];
  currentId: string | undefined;
  onLine: (line: number) => void;
}

export function SceneIndex({ scenes, currentId, onLine }: SceneIndexProps) {
  const current = useRef<HTMLButtonElement>(null);
  // biome-ignore lint/correctness/useExhaustiveDependencies: it follows the page as it is read
  useEffect(() => {
    current.current?.scrollIntoView({ block: "nearest" });
  }, [currentId]);

  return (
    <nav
      aria-label="Scenes"
      className="@min-[1010px]:block hidden w-64 shrink-0 overflow-y-auto border-r p-2"
    >
      {scenes.map((scene) => {
        const isCurrent = scene.id === currentId;
        return (
          <button
            key={scene.id}
            ref={isCurrent ? current : undefined}
            type="button"
            aria-current={isCurrent ? "location" : undefined}
            disabled={scene.line_start === null}
            title={scene.slugline}
            onClick={() => scene.line_start !== null && onLine(scene.line_start)}
            className={cn(
              "flex h-7 w-full items-center gap-2 rounded-md px-2 text-left text-muted-foreground outline-offset-0 hover:bg-hover disabled:text-faint",
              isCurrent && "bg-selected text-foreground",
            )}
          >
            <span className="tabular w-7 shrink-0 text-faint text-meta">{scene.number}</span>
            <span className="min-w-0 flex-1 truncate">{scene.slugline}</span>
            {scene.uncovered_count > 0 && scene.shot_count > 0 && (
              <span
                className="tabular text-meta text-warn"
                title={`${plural(scene.uncovered_count, "paragraph")} without a shot`}
              >
                ▲ {scene.uncovered_count}
              </span>
            )}
            <span className="tabular text-faint text-meta" title={plural(scene.shot_count, "shot")}>
              {scene.shot_count || "…"}
            </span>
          </button>
        );
      })}
    </nav>
  );
}
