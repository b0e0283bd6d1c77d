/** The paragraphs of a scene in a comparison: the script's at the left, the draft's at the right. */
import { useState } from "react";
import type { ElementChange, SceneChange } from "@/client/types.gen";
import { plural } from "@/lib/format";
import { cn } from "@/lib/utils";
import { DraftText } from "./draft-text";
import { fold } from "./draft-words";

export function DraftParagraphs({ scene }: { scene: SceneChange }) {
  const stretches = fold(scene.elements);
  return (
    <div className="grid gap-1.5 px-3 pt-1 pb-3">
      {stretches.map((stretch, index) =>
        stretch.folded ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the stretches of one comparison never move
          <Folded key={index} elements={stretch.elements} />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: as above
          stretch.elements.map((element, at) => <Row key={`${index} ${at}`} element={element} />)
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
  // biome-ignore lint/suspicious/noArrayIndexKey: the paragraphs of one comparison never move
  if (isOpen) return elements.map((element, at) => <Row key={at} element={element} />);
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

function note({ kind, other_scene, old_character, new_character }: ElementChange): string | null {
  if (kind === "moved") return other_scene ? `moved, scene ${other_scene}` : "moved within the scene";
  if (kind === "changed" && old_character !== new_character) return `${old_character} → ${new_character}`;
  return null;
}

function Row({ element }: { element: ElementChange }) {
  const isSame = element.kind === "same";
  const said = note(element);
  return (
    <div className={cn("grid gap-x-4 gap-y-1 md:grid-cols-2", isSame && "text-muted-foreground")}>
      {/* On a phone what is the same is said once, and both sides of a change stand one above the other. */}
      <DraftText element={element} side="old" className={isSame ? "max-md:hidden" : undefined} />
      <DraftText element={element} side="new" />
      {said && <p className="pl-11 text-faint text-meta md:col-start-2">{said}</p>}
    </div>
  );
}
