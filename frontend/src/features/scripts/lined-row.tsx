/** One line of the script: its number, its text in Courier, and the shots that cover it. */
import { Plus } from "lucide-react";
import { memo, type PointerEvent } from "react";
import type { SceneRead, ShotRead } from "@/client/types.gen";
import { Button } from "@/components/ui/button";
import { formatPages, plural } from "@/lib/format";
import { cn } from "@/lib/utils";
import type { LineMarks } from "./lanes";
import type { Edge } from "./lined-edge";
import { LinedGutter } from "./lined-gutter";

interface LinedRowProps {
  line: number;
  text: string;
  /** The scene whose heading this is. */
  scene: SceneRead | undefined;
  warning: string | undefined;
  marks: LineMarks | undefined;
  /** This paragraph is in no shot; on its first line that is said. */
  uncovered: "first" | "more" | null;
  isTinted: boolean;
  isPicked: boolean;
  isTarget: boolean;
  selectedId: string | null;
  hoveredId: string | null;
  onSelect: (shotId: string) => void;
  onHover: (shotId: string | null) => void;
  onGrab: (shot: ShotRead, edge: Edge, event: PointerEvent) => void;
  onAdd: (line: number) => void;
}

/** Memoized: a key or the mouse changes one line in fifty. */
export const LinedRow = memo(function LinedRow(props: LinedRowProps) {
  const { line, text, scene, warning, marks, uncovered, isTinted, isPicked, isTarget } = props;
  return (
    <div
      data-line={line}
      data-picked={isPicked || undefined}
      className={cn(
        "relative flex min-h-[22px] font-script text-script max-md:text-field",
        uncovered && "bg-warn/8",
        isTinted && "bg-hover",
        (isTarget || isPicked) && "bg-selected",
        isPicked && "shadow-[inset_2px_0_0_var(--primary)]",
      )}
    >
      <span className="tabular w-10 shrink-0 select-none pr-3 text-right font-sans text-faint text-meta leading-[22px] max-md:w-9 max-md:pr-2">
        {line}
      </span>
      <span
        className={cn(
          "wrap-anywhere w-[520px] min-w-0 shrink whitespace-pre-wrap max-md:flex-1",
          scene && "font-bold",
        )}
      >
        {text}
        {warning && (
          <span title={warning} className="font-sans text-warn text-meta">
            {" "}
            ▲ {warning}
          </span>
        )}
        {uncovered === "first" && <NotCovered line={line} onAdd={props.onAdd} className="md:hidden" />}
      </span>
      <span className="ml-auto flex w-[180px] shrink-0 gap-1 pl-2 font-sans text-meta max-md:w-8">
        {scene && (
          <span className="tabular truncate text-faint leading-[22px] max-md:hidden">
            {[
              scene.number,
              scene.eighths ? formatPages(scene.eighths) : null,
              plural(scene.shot_count, "shot"),
            ]
              .filter(Boolean)
              .join(" · ")}
          </span>
        )}
        {uncovered === "first" && <NotCovered line={line} onAdd={props.onAdd} className="max-md:hidden" />}
        {marks && (
          <LinedGutter
            marks={marks}
            selectedId={props.selectedId}
            hoveredId={props.hoveredId}
            onSelect={props.onSelect}
            onHover={props.onHover}
            onGrab={props.onGrab}
          />
        )}
      </span>
    </div>
  );
});

function NotCovered({
  line,
  onAdd,
  className,
}: {
  line: number;
  onAdd: (line: number) => void;
  className: string;
}) {
  return (
    <span
      className={cn("flex items-center gap-1 self-start whitespace-nowrap font-sans text-meta", className)}
    >
      <span className="text-warn">not covered</span>
      <Button
        variant="ghost"
        className="h-[22px] gap-1 px-1.5 text-meta max-md:h-11 max-md:px-3"
        aria-label={`Add a shot over line ${line}`}
        onClick={() => onAdd(line)}
      >
        <Plus className="size-3.5" /> Add shot
      </Button>
    </span>
  );
}
