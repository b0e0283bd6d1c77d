/** A shot as the API answers it: a draft made by the rules; `part` says what is different. */
import type { ShotRead } from "@/client/types.gen";

export function shot(id: string, part: Partial<ShotRead> = {}): ShotRead {
  return {
    id,
    scene_id: "s1",
    project_id: "p",
    number: "1A",
    sequence_number: 1,
    description: "Rain needles the glass.",
    duration: 4,
    size: "wide",
    angle: null,
    movement: "static",
    characters: ["MARA"],
    dialogue: [],
    line_start: 3,
    line_end: 5,
    element_ids: [],
    element_parts: [],
    script_changes: [],
    provenance: { description: "rules" },
    run_id: null,
    assigned_ingredients: [null, null, null],
    veo_json_payload: null,
    payload_source: null,
    stale_causes: [],
    status: "draft",
    last_error: null,
    updated_at: "2026-01-01T00:00:00Z",
    ...part,
  };
}
