/** Which scenes of a comparison are shown, each kind with its number. */
import type { DraftCounts } from "@/client/types.gen";
import { cn } from "@/lib/utils";
import { KIND_WORDS, KINDS, type SceneKind } from "./draft-words";

interface DraftFiltersProps {
  counts: DraftCounts;
  shown: ReadonlySet<SceneKind>;
  onToggle: (kind: SceneKind) => void;
}

export function DraftFilters({ counts, shown, onToggle }: DraftFiltersProps) {
  return (
    <fieldset className="flex flex-wrap gap-1" aria-label="Scenes to show">
      {KINDS.map((kind) => {
        const { glyph, word, tone } = KIND_WORDS[kind];
        const isOn = shown.has(kind);
        return (
          <button
            key={kind}
            type="button"
            aria-pressed={isOn}
            disabled={counts[kind] === 0}
            onClick={() => onToggle(kind)}
            className={cn(
              "inline-flex h-control items-center gap-1.5 rounded-md border border-transparent px-2 hover:bg-hover disabled:text-faint",
              isOn && counts[kind] > 0 && "border-input bg-selected",
            )}
          >
            <span aria-hidden className={cn(counts[kind] > 0 && tone)}>
              {glyph}
            </span>
            {word}
            <span className="tabular text-muted-foreground">{counts[kind]}</span>
          </button>
        );
      })}
    </fieldset>
  );
}
