import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { Suspense } from "react";
import { beforeEach, expect, it } from "vitest";
import type { DraftApplied, DraftDetail, ElementChange, JobDetail, SceneChange } from "@/client/types.gen";
import { renderPart } from "@/testing/render";
import { problemResponse, server } from "@/testing/server";
import { DraftScreen } from "./draft-screen";
import { fold, isOfKind } from "./draft-words";

const api = (path: string) => `${window.location.origin}/api/v1${path}`;

function paragraph(part: Partial<ElementChange>): ElementChange {
  return {
    kind: "same",
    type: "action",
    old: "The kettle screams.",
    new: "The kettle screams.",
    old_character: null,
    new_character: null,
    old_line: 3,
    new_line: 3,
    words: [],
    other_scene: null,
    ...part,
  };
}

function scene(key: string, part: Partial<SceneChange>): SceneChange {
  const side = { number: key, heading: `INT. ROOM ${key} - DAY`, position: 1 };
  return {
    key,
    kind: "unchanged",
    is_moved: false,
    decided: [],
    scene_id: key,
    old: side,
    new: side,
    elements: [],
    shot_count: 2,
    stale_shots: [],
    ...part,
  };
}

const SCENES = [
  scene("1", {}),
  scene("2", {
    kind: "changed",
    elements: [
      paragraph({
        kind: "changed",
        old: "Your tea is cold.",
        new: "Your tea is hot.",
        words: [
          { kind: "same", text: "Your tea is " },
          { kind: "removed", text: "cold." },
          { kind: "added", text: "hot." },
        ],
      }),
    ],
    stale_shots: [
      { id: "a", number: "2A", causes: ["script"] },
      { id: "c", number: "2C", causes: ["script"] },
    ],
  }),
  scene("3", { kind: "omitted", new: null }),
  scene("new-3", { kind: "added", old: null, scene_id: null, shot_count: 0 }),
];

const draft: DraftDetail = {
  id: "d",
  project_id: "p",
  filename: "blue.fountain",
  script_id: "s",
  script_filename: "white.fountain",
  created_at: "2026-01-01T00:00:00Z",
  applied_at: null,
  version: "v1",
  counts: { unchanged: 1, changed: 1, moved: 0, added: 1, omitted: 1 },
  renamed: { MARA: "MIRA" },
  warnings: [],
  scenes: SCENES,
  applied: null,
};

const applied: DraftApplied = {
  script_id: "d",
  job_id: "j",
  counts: draft.counts,
  kept_count: 0,
  stale_shots: [{ id: "a", number: "2A", causes: ["script"] }],
  added: [{ id: "n", number: "2B", slugline: "INT. CELLAR - NIGHT" }],
  binned: [{ id: "3", number: "3", slugline: "INT. ROOM 3 - DAY" }],
};

let answer: DraftDetail;
let job: Partial<JobDetail>;

beforeEach(() => {
  answer = draft;
  job = { id: "j", status: "running", error: null };
  server.use(
    http.get(api("/drafts/d"), () => HttpResponse.json(answer)),
    http.get(api("/jobs/j"), () => HttpResponse.json(job)),
    http.get(api("/projects/p/bin"), () => HttpResponse.json({ items: [], total: 0 })),
    http.get(api("/system"), () =>
      HttpResponse.json({
        version: "1",
        llm: { state: "unreachable", base_url: "", model: "llama3", models: [] },
        limits: { image_bytes: 1, image_pixels: 1, script_bytes: 2_000 },
      }),
    ),
  );
});

let left = 0;
const open = () =>
  renderPart(
    <Suspense>
      <DraftScreen
        projectId="p"
        draftId="d"
        scriptPath="/script"
        shotsPath="/shots"
        shotPath={(id) => `/shots?shot=${id}`}
        onLeave={() => {
          left += 1;
        }}
      />
    </Suspense>,
  );

it("scenes that change stand side by side with their words and the shots they make stale", async () => {
  open();
  const changed = await screen.findByRole("article", { name: /Changed.*ROOM 2/ });
  expect(within(changed).getByText("cold.").tagName).toBe("DEL");
  expect(within(changed).getByText("hot.").tagName).toBe("INS");
  expect(within(changed).getByText(/2 shots will be stale/)).toBeVisible();
  expect(within(changed).getByRole("link", { name: "2C" })).toHaveAttribute("href", "/shots?shot=c");
  expect(screen.getByText(/^2 shots will be stale; everything else keeps/)).toBeVisible();
  expect(screen.getByText("Renamed: MARA → MIRA")).toBeVisible();
  expect(screen.getByText("2 shots go to the bin with it")).toBeVisible();
});

it("what is unchanged is a number until it is asked for", async () => {
  const { user } = open();
  const filter = await screen.findByRole("button", { name: /Unchanged 1/ });
  expect(screen.queryByRole("article", { name: /Unchanged/ })).toBeNull();
  await user.click(filter);
  expect(screen.getByRole("article", { name: /Unchanged.*ROOM 1/ })).toBeVisible();
  await user.click(screen.getByRole("button", { name: /Omitted 1/ }));
  expect(screen.queryByRole("article", { name: /Omitted/ })).toBeNull();
});

it("a scene that is kept is sent as kept, and its shots no longer count as stale", async () => {
  const sent: unknown[] = [];
  server.use(
    http.post(api("/drafts/d/apply"), async ({ request }) => {
      sent.push(await request.json());
      answer = { ...draft, applied_at: "2026-01-02T00:00:00Z", version: "", scenes: [], applied };
      return HttpResponse.json(applied);
    }),
  );
  const { user } = open();
  await user.click(await screen.findByRole("radio", { name: "Ignore it" }));
  expect(screen.getByText(/^No shot will be stale/)).toBeVisible();
  await user.click(screen.getByRole("radio", { name: "Keep it" }));
  await user.click(screen.getByRole("button", { name: "Apply draft" }));
  expect(await screen.findByRole("heading", { name: "The draft is applied" })).toBeVisible();
  expect(sent).toEqual([{ version: "v1", keep: ["2", "3"], engine: "auto" }]);
  expect(screen.getByRole("link", { name: "Look at the stale shots" })).toHaveAttribute(
    "href",
    "/shots?shot=a",
  );
  expect(screen.getByText("INT. CELLAR - NIGHT")).toBeVisible();
});

it("an applied draft says what has become of the shots of its added scenes", async () => {
  answer = { ...draft, version: "", scenes: [], applied };
  const { queryClient } = open();
  expect(await screen.findByText("1 scene added; its shots are being made")).toBeVisible();
  job = { id: "j", status: "failed", error: { code: "x", detail: "The disk is full.", fix: null } };
  await queryClient.invalidateQueries();
  expect(await screen.findByText("1 scene added")).toBeVisible();
  expect(screen.getByText(/Not all shots were made. The disk is full. The list of runs/)).toBeVisible();
});

it("a scene that was left out before stays out, and what else was decided is said", async () => {
  const sent: unknown[] = [];
  answer = {
    ...draft,
    scenes: [
      scene("2", { kind: "changed", decided: ["renamed", "merged"] }),
      scene("new-3", { kind: "added", old: null, scene_id: null, shot_count: 0, decided: ["left_out"] }),
    ],
  };
  server.use(
    http.post(api("/drafts/d/apply"), async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json(applied);
    }),
  );
  const { user } = open();
  const added = await screen.findByRole("article", { name: /Added/ });
  expect(within(added).getByText("You left it out before")).toBeVisible();
  expect(within(added).getByRole("radio", { name: "Leave it out" })).toBeChecked();
  expect(
    screen.getByText("Its heading is yours, as before. The scene you merged into it is in it, as before"),
  ).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Apply draft" }));
  await waitFor(() => expect(sent).toEqual([{ version: "v1", keep: ["new-3"], engine: "auto" }]));
});

it("what the importer guessed in a draft is there to be read", async () => {
  const lines = [7, 9];
  answer = {
    ...draft,
    warnings: [{ line: 7, code: "page.number", message: "A page number was removed.", lines }],
  };
  const { user } = open();
  await user.click(await screen.findByText(/^1 warning: what the importer guessed/));
  expect(screen.getByText("Line 7, 9:").closest("li")).toHaveTextContent("A page number was removed.");
});

it("an applied draft is taken back, or says why not", async () => {
  answer = { ...draft, version: "", scenes: [], applied };
  server.use(
    http.post(api("/drafts/d/revert"), () =>
      problemResponse(409, "scripts.changed_since", "Shots of the project were changed.", {
        fix: "Undo that first.",
      }),
    ),
  );
  const { user } = open();
  await user.click(await screen.findByRole("button", { name: "Take the draft back" }));
  expect(await screen.findByRole("alert")).toHaveTextContent(
    /Not taken back: Shots of the project were changed\.\s*Undo that first\./,
  );
  server.use(
    http.post(api("/drafts/d/revert"), () => {
      answer = draft;
      return HttpResponse.json(draft);
    }),
  );
  await user.click(screen.getByRole("button", { name: "Take the draft back" }));
  expect(await screen.findByRole("button", { name: "Apply draft" })).toBeVisible();
});

it("a comparison that is out of date is refused in place and shown anew", async () => {
  server.use(
    http.post(api("/drafts/d/apply"), () => {
      answer = { ...draft, version: "v2", scenes: SCENES.slice(0, 2) };
      return problemResponse(409, "scripts.draft_outdated", "The project has changed since.", {
        fix: "Look at the comparison again.",
      });
    }),
  );
  const { user } = open();
  await user.click(await screen.findByRole("button", { name: "Apply draft" }));
  const refusal = await screen.findByRole("alert");
  expect(refusal).toHaveTextContent("Not applied: The project has changed since.");
  expect(refusal).toHaveTextContent("Look at the comparison again. This changed nothing in the project.");
  await waitFor(() => expect(screen.queryByRole("article", { name: /Omitted/ })).toBeNull());
  expect(screen.getByRole("button", { name: "Apply draft" })).toBeEnabled();
});

it("a discarded draft leaves its screen", async () => {
  server.use(http.delete(api("/drafts/d"), () => new HttpResponse(null, { status: 204 })));
  const { user } = open();
  await user.click(await screen.findByRole("button", { name: "Discard" }));
  await screen.findByRole("button", { name: "Apply draft" });
  expect(left).toBe(1);
});

it("a draft that says the same says so", async () => {
  answer = {
    ...draft,
    counts: { unchanged: 1, changed: 0, moved: 0, added: 0, omitted: 0 },
    renamed: {},
    scenes: SCENES.slice(0, 1),
  };
  open();
  expect(await screen.findByText(/says the same as the script/)).toBeVisible();
});

it("paragraphs that stay are folded away, but for those beside a change", () => {
  const same = Array.from({ length: 6 }, () => paragraph({}));
  const stretches = fold([...same, paragraph({ kind: "added", old: null }), ...same.slice(0, 2)]);
  expect(stretches.map(({ first, isFolded, elements }) => [first, isFolded, elements.length])).toEqual([
    [0, true, 5],
    [5, false, 3],
    [8, false, 1],
  ]);
});

it("a changed scene that moved is shown under both kinds", () => {
  const both = scene("4", { kind: "changed", is_moved: true });
  expect([isOfKind(both, "changed"), isOfKind(both, "moved"), isOfKind(both, "added")]).toEqual([
    true,
    true,
    false,
  ]);
});
