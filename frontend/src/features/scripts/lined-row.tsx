/** One line of the script: its number, its text in Courier, and the shots that cover it. */
import { Link } from "react-router";
import type { ShotRead } from "@/client/types.gen";
import { formatSeconds } from "@/lib/estimate";
import { cn } from "@/lib/utils";
import type { LineMarks } from "./lanes";

interface LinedRowProps {
  line: number;
  text: string;
  isHeading: boolean;
  warning: string | undefined;
  marks: LineMarks | undefined;
  isTinted: boolean;
  isTarget: boolean;
  shotPath: (shotId: string) => string;
  onHover: (shotId: string | null) => void;
}

const wordsOf = (shot: ShotRead) =>
  `Shot ${shot.number}: ${shot.description}${shot.duration ? ` (${formatSeconds(shot.duration)} s)` : ""}`;

export function LinedRow(props: LinedRowProps) {
  const { line, text, isHeading, warning, marks, isTinted, isTarget, shotPath, onHover } = props;
  const covering = marks?.lanes.find((mark) => mark !== null)?.shot ?? marks?.more[0];
  return (
    <div
      className={cn(
        "relative flex min-h-[22px] font-script text-script max-md:text-field",
        isTinted && "bg-hover",
        isTarget && "bg-selected",
      )}
    >
      <span className="tabular w-10 shrink-0 select-none pr-3 text-right font-sans text-faint text-meta leading-[22px] max-md:w-9 max-md:pr-2">
        {line}
      </span>
      <span
        className={cn("wrap-anywhere w-[520px] min-w-0 shrink whitespace-pre-wrap", isHeading && "font-bold")}
      >
        {text}
        {warning && (
          <span title={warning} className="font-sans text-warn text-meta">
            {" "}
            ▲ {warning}
          </span>
        )}
      </span>
      {covering && (
        // A finger takes the lines themselves; the ticks beside them are too thin.
        <Link
          to={shotPath(covering.id)}
          aria-label={wordsOf(covering)}
          className="absolute inset-0 md:hidden"
        />
      )}
      <span className="ml-auto flex w-[180px] shrink-0 gap-1 pl-2 font-sans text-meta max-md:pointer-events-none max-md:w-11">
        {marks?.lanes.map((mark, lane) =>
          mark ? (
            <Link
              // biome-ignore lint/suspicious/noArrayIndexKey: a lane is its place
              key={lane}
              to={shotPath(mark.shot.id)}
              title={wordsOf(mark.shot)}
              aria-label={mark.isFirst ? wordsOf(mark.shot) : undefined}
              aria-hidden={!mark.isFirst}
              tabIndex={mark.isFirst ? 0 : -1}
              onMouseEnter={() => onHover(mark.shot.id)}
              onMouseLeave={() => onHover(null)}
              className={cn(
                "w-[72px] overflow-hidden whitespace-nowrap border-primary border-l-2 pl-1.5 text-muted-foreground leading-[22px] -outline-offset-2 hover:text-foreground max-md:flex-1 max-md:pl-1",
                mark.isFirst && "mt-0.5",
                mark.isLast && "mb-0.5",
              )}
            >
              {mark.isFirst && (
                <>
                  <span className="font-semibold text-foreground max-md:hidden">{mark.shot.number}</span>{" "}
                  <span className="max-md:hidden">
                    {mark.shot.duration !== null && `${formatSeconds(mark.shot.duration)} s`}
                  </span>
                </>
              )}
            </Link>
          ) : (
            // biome-ignore lint/suspicious/noArrayIndexKey: a lane is its place
            <span key={lane} className="w-[72px] max-md:flex-1" />
          ),
        )}
        {marks?.more[0] && (
          <Link
            to={shotPath(marks.more[0].id)}
            title={marks.more.map(wordsOf).join("\n")}
            className="text-primary leading-[22px] hover:underline max-md:hidden"
          >
            +{marks.more.length}
          </Link>
        )}
      </span>
    </div>
  );
}
