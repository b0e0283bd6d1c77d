/** A scene in the comparison of a draft: what becomes of it, which shots that touches, and the decision. */
import { ChevronDown, ChevronRight } from "lucide-react";
import { useId, useState } from "react";
import { Link } from "react-router";
import type { SceneChange } from "@/client/types.gen";
import { ToggleGroup, ToggleGroupItem } from "@/components/ui/toggle-group";
import { cn } from "@/lib/utils";
import { DraftHeading } from "./draft-heading";
import { DraftParagraphs } from "./draft-paragraphs";
import { CAUSES, DECISIONS, decidedWords, KIND_WORDS, staleWords } from "./draft-words";

interface DraftSceneProps {
  scene: SceneChange;
  isKept: boolean;
  onKeep: (isKept: boolean) => void;
  shotPath: (shotId: string) => string;
}

export function DraftScene({ scene, isKept, onKeep, shotPath }: DraftSceneProps) {
  const id = useId();
  const [isOpen, setIsOpen] = useState(scene.kind !== "unchanged" && scene.kind !== "moved");
  const { glyph, word, tone } = KIND_WORDS[scene.kind];
  const words = DECISIONS[scene.kind];
  const stale = isKept ? null : staleWords(scene);
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  const name = scene.new?.heading ?? scene.old?.heading ?? "";

  return (
    <article
      aria-labelledby={id}
      className={cn(
        "border-b [contain-intrinsic-size:auto_160px] [content-visibility:auto]",
        isKept && "bg-surface",
      )}
    >
      <header className="flex flex-wrap items-center gap-x-3 gap-y-1 px-3 py-2">
        <button
          type="button"
          aria-expanded={isOpen}
          aria-label={`${isOpen ? "Hide" : "Show"} the paragraphs of ${name}`}
          onClick={() => setIsOpen(!isOpen)}
          className="flex size-7 items-center justify-center rounded-md hover:bg-hover max-md:size-11"
        >
          <Chevron className="size-4" aria-hidden />
        </button>
        <span id={id} className={cn("inline-flex items-center gap-1.5 font-medium", tone)}>
          <span aria-hidden className="w-3 text-center">
            {glyph}
          </span>
          {word}
          {scene.kind === "changed" && scene.is_moved && <span className="text-primary">↕ and moved</span>}
          <span className="sr-only">: {name}</span>
        </span>
        {scene.decided.length > 0 && <span className="text-muted-foreground">{decidedWords(scene)}</span>}
        {stale && (
          <span className="flex min-w-0 flex-wrap items-center gap-1 text-muted-foreground">
            {scene.stale_shots.length > 0 && (
              <span aria-hidden className="text-warn">
                ▲
              </span>
            )}
            {stale}
            {scene.stale_shots.length > 0 && ":"}
            {scene.stale_shots.map((shot) => (
              <Link
                key={shot.id}
                to={shotPath(shot.id)}
                title={shot.causes.map((cause) => CAUSES[cause]).join("; ")}
                className="tabular inline-flex h-6 items-center rounded-sm border border-input px-1.5 font-medium text-meta hover:bg-hover max-md:h-11 max-md:min-w-11 max-md:justify-center"
              >
                {shot.number}
              </Link>
            ))}
          </span>
        )}
        <span className="flex-1" />
        {scene.kind !== "unchanged" && (
          <ToggleGroup
            type="single"
            aria-label={`Scene ${scene.new?.number ?? scene.old?.number}`}
            value={isKept ? "keep" : "take"}
            onValueChange={(chosen) => chosen && onKeep(chosen === "keep")}
          >
            <ToggleGroupItem value="take">{words.take}</ToggleGroupItem>
            <ToggleGroupItem value="keep">{words.keep}</ToggleGroupItem>
          </ToggleGroup>
        )}
      </header>
      {/* Not faded: what is kept must stay legible. */}
      <div className={cn(isKept && "grayscale")}>
        <DraftHeading scene={scene} />
        {isOpen && <DraftParagraphs scene={scene} />}
      </div>
    </article>
  );
}
