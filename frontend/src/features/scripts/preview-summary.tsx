/** The counts of a preview, who and where on demand, and the doubts with their lines. */
import { ChevronDown, ChevronRight } from "lucide-react";
import { type ReactNode, useState } from "react";
import type { PreviewName, ScriptPreview } from "@/client/types.gen";
import { formatPages, plural } from "@/lib/format";
import type { PlanState } from "./import-plan";
import { WarningList } from "./warning-list";

interface PreviewSummaryProps {
  preview: ScriptPreview;
  plan: PlanState;
  onLine: (line: number) => void;
}

type Part = "characters" | "locations" | "warnings";

export function PreviewSummary({ preview, plan, onLine }: PreviewSummaryProps) {
  const { characters, locations, warnings } = preview;
  const [open, setOpen] = useState<Part | null>(null);
  const part = (name: Part, children: ReactNode) => (
    <button
      type="button"
      aria-expanded={open === name}
      onClick={() => setOpen(open === name ? null : name)}
      className="inline-flex h-7 items-center gap-1 rounded-sm px-1 hover:bg-hover max-md:h-11"
    >
      {children}
      {open === name ? (
        <ChevronDown className="size-4" aria-hidden />
      ) : (
        <ChevronRight className="size-4" aria-hidden />
      )}
    </button>
  );

  return (
    <div className="shrink-0 border-b bg-surface">
      <div className="flex min-h-8 flex-wrap items-center gap-x-2 px-3 text-muted-foreground">
        <span className="tabular">
          {plural(plan.sceneCount, "scene")} · {formatPages(plan.eighths)} ·{" "}
          {`about ${plural(plan.shotCount, "shot")}`}
        </span>
        {characters.length > 0 && part("characters", plural(characters.length, "character"))}
        {locations.length > 0 && part("locations", plural(locations.length, "location"))}
        {warnings.length > 0 &&
          part(
            "warnings",
            <>
              <span aria-hidden className="text-warn">
                ▲
              </span>
              {plural(warnings.length, "thing")} to look at
            </>,
          )}
        {warnings.length === 0 && <span>Nothing had to be guessed.</span>}
      </div>
      {open === "characters" && <Names names={characters} unit="speech" units="speeches" />}
      {open === "locations" && <Names names={locations} unit="scene" units="scenes" />}
      {open === "warnings" && <WarningList warnings={warnings} onLine={onLine} />}
    </div>
  );
}

function Names({ names, unit, units }: { names: PreviewName[]; unit: string; units: string }) {
  return (
    <ul className="flex max-h-44 flex-wrap gap-x-6 gap-y-1 overflow-y-auto border-t px-3 py-2">
      {names.map(({ name, count }) => (
        <li key={name} className="whitespace-nowrap">
          {name}{" "}
          <span className="tabular text-faint">{count > 0 ? plural(count, unit, units) : "seen only"}</span>
        </li>
      ))}
    </ul>
  );
}
