/** A small project for the tests of the shots screen: two scenes, three shots, two ingredients. */
import { HttpResponse, http } from "msw";
import type { AssetRead, SceneRead, ShotRead } from "@/client/types.gen";
import { server } from "@/testing/server";
import { shot } from "@/testing/shot";

export const api = (path: string) => `${window.location.origin}/api/v1${path}`;

export function scene(id: string, part: Partial<SceneRead> = {}): SceneRead {
  return {
    id,
    project_id: "p",
    script_id: "script",
    number: "1",
    slugline: "INT. LAMP ROOM - NIGHT",
    raw_content: null,
    sequence_number: 1,
    line_start: 1,
    line_end: 20,
    eighths: 3,
    int_ext: "INT",
    location: "LAMP ROOM",
    time_of_day: "NIGHT",
    is_omitted: false,
    element_count: 0,
    uncovered_count: 0,
    shot_count: 2,
    ready_count: 0,
    duration: 8,
    created_at: "2026-01-01T00:00:00Z",
    ...part,
  };
}

export function asset(id: string, part: Partial<AssetRead> = {}): AssetRead {
  return {
    id,
    project_id: "p",
    name: id,
    type: "Character",
    url: `http://s3.example/${id}.png`,
    thumbnail_url: `http://s3.example/${id}.webp`,
    metadata: {},
    mime_type: "image/png",
    width: 800,
    height: 600,
    size_bytes: 1_000,
    shot_count: 0,
    created_at: "2026-01-01T00:00:00Z",
    ...part,
  };
}

export const SCENES = [
  scene("s1"),
  scene("s2", { number: "2", slugline: "EXT. CLIFF STAIRS - NIGHT", sequence_number: 2, shot_count: 1 }),
];
export const SHOTS = [
  shot("a", { assigned_ingredients: ["mara", null, null] }),
  shot("b", { number: "1B", sequence_number: 2, description: "Close on the radio." }),
  shot("c", { number: "2A", scene_id: "s2", description: "A ship's horn." }),
];
export const ASSETS = [asset("mara", { name: "Mara" }), asset("radio", { name: "Radio", type: "Object" })];

/** Answers what the screen reads. Returns the shots, which a test may replace to change the next answer. */
export function serveProject(shots: ShotRead[] = SHOTS): { shots: ShotRead[] } {
  const state = { shots };
  server.use(
    http.get(api("/projects/p/scenes"), () => HttpResponse.json({ items: SCENES, total: SCENES.length })),
    http.get(api("/projects/p/shots"), () =>
      HttpResponse.json({ items: state.shots, total: state.shots.length, limit: 500, offset: 0 }),
    ),
    http.get(api("/assets"), () =>
      HttpResponse.json({ items: ASSETS, total: ASSETS.length, limit: 500, offset: 0 }),
    ),
    http.get(api("/veo/schema"), () => HttpResponse.json({})),
  );
  return state;
}
