/** A short scene for the tests of the lined page: action, a speech of three, action, action. */
import type { ElementRead, ShotRead } from "@/client/types.gen";
import { shot } from "@/testing/shot";

export function element(
  id: string,
  type: ElementRead["type"],
  line: number,
  part: Partial<ElementRead> = {},
): ElementRead {
  return {
    id,
    scene_id: "s1",
    position: 0,
    type,
    text: id,
    character: null,
    extensions: [],
    dual: false,
    emphasis: [],
    line_start: line,
    line_end: line,
    shot_ids: [],
    is_covered: false,
    ...part,
  };
}

export const ELEMENTS: ElementRead[] = [
  element("rain", "action", 3, { line_end: 4 }),
  element("cue", "character", 6, { character: "MARA" }),
  element("tired", "parenthetical", 7, { character: "MARA" }),
  element("words", "dialogue", 8, { character: "MARA", text: "Not tonight. Wait." }),
  element("lamp", "action", 10),
  element("horn", "action", 12),
];

export function lined(number: string, elementIds: string[], part: Partial<ShotRead> = {}): ShotRead {
  const own = ELEMENTS.filter(({ id }) => elementIds.includes(id));
  return shot(number, {
    number,
    description: `What ${number} shows.`,
    line_start: own[0]?.line_start ?? null,
    line_end: own.at(-1)?.line_end ?? null,
    element_ids: elementIds,
    ...part,
  });
}
