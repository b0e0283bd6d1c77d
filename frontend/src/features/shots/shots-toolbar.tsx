/** Above the table: filter by scene, state and words; add; make all missing documents. */
import { ListChecks, Plus, Search, Sparkles, X } from "lucide-react";
import { memo, type RefObject } from "react";
import type { ShotRead } from "@/client/types.gen";
import { Tip } from "@/components/tip";
import { Button } from "@/components/ui/button";
import { Input } from "@/components/ui/input";
import { Select, SelectContent, SelectItem, SelectTrigger, SelectValue } from "@/components/ui/select";
import { plural } from "@/lib/format";
import { ScenesMenu } from "./scenes-menu";
import { isFiltering, NO_FILTER, type ShotFilter } from "./shot-rows";
import { SHOT_STATES, STATE_WORDS } from "./shot-state";
import { needsDocument, useGenerateMany } from "./use-generate-many";
import { startPicking, unpickAll, useSelectionStore } from "./use-selection";
import { useWorkspace } from "./workspace-context";

interface ShotsToolbarProps {
  filter: ShotFilter;
  shots: ShotRead[];
  shownCount: number;
  onFilter: (values: Partial<ShotFilter>) => void;
  onAdd: () => void;
  searchField: RefObject<HTMLInputElement>;
}

const ALL = "all";

/** Memoized: its list of scenes is long, and every key on the table draws the screen. */
export const ShotsToolbar = memo(function ShotsToolbar(props: ShotsToolbarProps) {
  const { filter, shots, shownCount, onFilter, onAdd, searchField } = props;
  const { scenes, projectId } = useWorkspace();
  const generateMany = useGenerateMany(projectId);
  const missing = shots.filter(needsDocument);
  const filters = isFiltering(filter);

  return (
    <div className="@container flex h-11 shrink-0 items-center gap-2 border-b px-3 max-md:h-auto max-md:flex-wrap max-md:py-2">
      <div className="relative min-w-0 flex-1 max-md:basis-2/5 md:max-w-64">
        <Search className="-translate-y-1/2 absolute top-1/2 left-2 size-4 text-faint" aria-hidden />
        <Input
          ref={searchField}
          type="search"
          aria-label="Filter the shots"
          placeholder="Filter"
          value={filter.text}
          onChange={(event) => onFilter({ text: event.target.value })}
          onKeyDown={(event) => event.key === "Escape" && event.currentTarget.blur()}
          className="pl-7"
        />
      </div>
      <Select
        value={filter.state ?? ALL}
        onValueChange={(value) => onFilter({ state: SHOT_STATES.find((one) => one === value) ?? null })}
      >
        <SelectTrigger
          aria-label="State"
          className="w-28 shrink-0 max-md:order-2 max-md:w-auto max-md:flex-1"
        >
          <SelectValue />
        </SelectTrigger>
        <SelectContent>
          <SelectItem value={ALL}>All states</SelectItem>
          {SHOT_STATES.map((state) => (
            <SelectItem key={state} value={state}>
              <span aria-hidden className={STATE_WORDS[state].tone}>
                {STATE_WORDS[state].glyph}
              </span>
              {STATE_WORDS[state].word}
            </SelectItem>
          ))}
        </SelectContent>
      </Select>
      <Select
        value={filter.sceneId ?? ALL}
        onValueChange={(value) => onFilter({ sceneId: value === ALL ? null : value })}
      >
        <SelectTrigger
          aria-label="Scene"
          className="w-36 min-w-0 shrink max-md:order-2 max-md:w-auto max-md:flex-1"
        >
          <SelectValue />
        </SelectTrigger>
        <SelectContent className="max-h-96 max-w-96">
          <SelectItem value={ALL}>All scenes</SelectItem>
          {scenes.map((scene) => (
            <SelectItem key={scene.id} value={scene.id}>
              <span className="tabular">{scene.number}</span> {scene.slugline}
            </SelectItem>
          ))}
        </SelectContent>
      </Select>
      {filters && (
        <Button variant="ghost" className="max-md:order-2" onClick={() => onFilter(NO_FILTER)}>
          <X /> <span className="tabular">{shownCount}</span> of {shots.length}
        </Button>
      )}
      <span className="flex-1 max-md:hidden" />
      {missing.length > 0 && (
        <Tip
          text={`Generate the ${plural(missing.length, "document")} that are missing or stale; hand-edited ones stay`}
        >
          <Button
            variant="ghost"
            className="max-md:hidden"
            aria-label={`Generate ${plural(missing.length, "document")}`}
            onClick={() => void generateMany(missing)}
          >
            <Sparkles /> <span className="@max-[760px]:hidden">Generate</span>{" "}
            {missing.length.toLocaleString()}
          </Button>
        </Tip>
      )}
      <PickButton />
      <ScenesMenu />
      <Tip text="Add a shot after the selected one" keys="n">
        <Button variant="outline" onClick={onAdd} aria-label="Add a shot">
          <Plus /> Shot
        </Button>
      </Tip>
    </div>
  );
});

/** A phone has no Shift and no Ctrl: while this is on, a tap picks. */
function PickButton() {
  const isPicking = useSelectionStore((state) => state.isPicking);
  return (
    <Button
      variant="ghost"
      size="icon"
      className="aria-pressed:bg-selected md:hidden"
      aria-label="Pick several shots"
      aria-pressed={isPicking}
      onClick={isPicking ? unpickAll : startPicking}
    >
      <ListChecks />
    </Button>
  );
}
