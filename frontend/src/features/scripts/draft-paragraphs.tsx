/** The paragraphs of a scene in a comparison: the script's at the left, the draft's at the right. */
import { useState } from "react";
import type { ElementChange, SceneChange } from "@/client/types.gen";
import { plural } from "@/lib/format";
import { cn } from "@/lib/utils";
import { DraftText } from "./draft-text";
import { fold } from "./draft-words";

export function DraftParagraphs({ scene }: { scene: SceneChange }) {
  const stretches = fold(scene.elements);
  const isPlain = scene.kind === "added" || scene.kind === "omitted";
  return (
    <div className="grid gap-1.5 px-3 pt-1 pb-3">
      {stretches.map(({ first, isFolded, elements }) =>
        isFolded ? (
          <Folded key={first} elements={elements} />
        ) : (
          <Rows key={first} elements={elements} isPlain={isPlain} />
        ),
      )}
      {scene.elements.length === 0 && (
        <p className="text-faint">The paragraphs are the same, word for word.</p>
      )}
    </div>
  );
}

function Folded({ elements }: { elements: ElementChange[] }) {
  const [isOpen, setIsOpen] = useState(false);
  if (isOpen) return <Rows elements={elements} isPlain={false} />;
  return (
    <button
      type="button"
      onClick={() => setIsOpen(true)}
      className="h-6 justify-self-start rounded-sm px-1 text-faint text-meta hover:bg-hover hover:text-foreground max-md:h-11"
    >
      ⋯ {plural(elements.length, "paragraph")} the same
    </button>
  );
}

function Rows({ elements, isPlain }: { elements: ElementChange[]; isPlain: boolean }) {
  // biome-ignore lint/suspicious/noArrayIndexKey: the paragraphs of one comparison never move
  return elements.map((element, at) => <Row key={at} element={element} isPlain={isPlain} />);
}

function note({ kind, other_scene, old_character, new_character }: ElementChange): string | null {
  if (kind === "moved") return other_scene ? `moved, scene ${other_scene}` : "moved within the scene";
  if (kind === "changed" && old_character !== new_character) return `${old_character} → ${new_character}`;
  return null;
}

function Row({ element, isPlain }: { element: ElementChange; isPlain: boolean }) {
  const isSame = element.kind === "same";
  const said = note(element);
  return (
    <div className={cn("grid gap-x-4 gap-y-1 md:grid-cols-2", isSame && "text-muted-foreground")}>
      {/* On a phone what is the same is said once, and both sides of a change stand one above the other. */}
      <DraftText
        element={element}
        side="old"
        isPlain={isPlain}
        className={isSame ? "max-md:hidden" : undefined}
      />
      <DraftText element={element} side="new" isPlain={isPlain} />
      {said && <p className="pl-11 text-faint text-meta md:col-start-2">{said}</p>}
    </div>
  );
}
