import { screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { Suspense } from "react";
import { beforeEach, expect, it } from "vitest";
import type { DraftRead, JobRead, ScriptPreview, ScriptRead, ShotRead } from "@/client/types.gen";
import { renderPart } from "@/testing/render";
import { problemResponse, server } from "@/testing/server";
import { ELEMENTS } from "./lined-fixtures";
import { ScriptScreen } from "./script-screen";

const api = (path: string) => `${window.location.origin}/api/v1${path}`;

const script: ScriptRead = {
  id: "s",
  project_id: "p",
  filename: "Lighthouse.fountain",
  format: "fountain",
  encoding: "utf-8",
  engine: "rules",
  title_page: {},
  warnings: [{ line: 2, code: "headings.guessed", message: "Taken for a scene heading.", lines: [] }],
  scene_count: 1,
  is_superseded: false,
  created_at: "2026-01-01T00:00:00Z",
};

function job(part: Partial<JobRead>): JobRead {
  return {
    id: "j",
    kind: "scripts.parse",
    label: "Lighthouse.fountain",
    status: "running",
    progress: { done: 12, total: 48 },
    error: null,
    result: null,
    project_id: "p",
    parent_id: null,
    subject_id: "s",
    attempts: 1,
    created_at: "2026-01-01T00:00:00Z",
    started_at: new Date(Date.now() - 10_000).toISOString(),
    finished_at: null,
    ...part,
  };
}

let scripts: ScriptRead[];
let jobs: JobRead[];
let children: JobRead[];
let drafts: DraftRead[];

beforeEach(() => {
  scripts = [];
  jobs = [];
  children = [];
  drafts = [];
  server.use(
    http.get(api("/projects/p/drafts"), () => HttpResponse.json({ items: drafts, total: drafts.length })),
    http.get(api("/projects/p/bin"), () => HttpResponse.json({ items: [], total: 0 })),
    http.get(api("/projects/p/scripts"), () => HttpResponse.json({ items: scripts, total: scripts.length })),
    http.get(api("/projects/p/scenes"), () => HttpResponse.json({ items: [], total: 0 })),
    http.get(api("/scripts/s/elements"), () => HttpResponse.json({ items: [], total: 0, covered_count: 0 })),
    http.get(api("/scripts/s"), () => HttpResponse.json({ ...script, text: "INT. LAMP ROOM\n\nRain." })),
    http.get(api("/system"), () =>
      HttpResponse.json({
        version: "1",
        llm: { state: "unreachable", base_url: "", model: "llama3", models: [] },
        limits: { image_bytes: 1, image_pixels: 1, script_bytes: 2_000 },
      }),
    ),
    http.get(api("/jobs"), ({ request }) => {
      const items = new URL(request.url).searchParams.has("parent_id") ? children : jobs;
      return HttpResponse.json({ items, total: items.length, limit: 100, offset: 0 });
    }),
  );
});

const open = ({ shots }: { shots?: ShotRead[] } = { shots: [] }) =>
  renderPart(
    <Suspense>
      <ScriptScreen
        projectId="p"
        shots={shots}
        shotsPath="/shots"
        shotPath={(id) => `/shots?shot=${id}`}
        draftPath={(id) => `/drafts/${id}`}
        onOpenProject={() => {}}
      />
    </Suspense>,
  );

const fileField = () => screen.findByLabelText<HTMLInputElement>("Screenplay file");

it("an empty project is a door", async () => {
  open();
  expect(await screen.findByRole("button", { name: "Choose a file" })).toBeVisible();
  expect(screen.getByText(".fountain, .txt, .fdx or .pdf")).toBeVisible();
  expect(screen.getByRole("button", { name: "Preview the text" })).toBeDisabled();
  expect(screen.getByRole("button", { name: "Open the sample" })).toBeVisible();
});

it("a file that is refused is explained where it was given", async () => {
  server.use(
    http.post(api("/scripts/preview"), () =>
      problemResponse(415, "scripts.unsupported_format", "This file is a rich text document (RTF).", {
        fix: "Save it as plain text.",
      }),
    ),
  );
  const { user } = open();
  await user.upload(await fileField(), new File(["{\\rtf1"], "script.txt"));
  expect(await screen.findByText(/This file is a rich text document/)).toBeVisible();
  expect(screen.getByText(/Save it as plain text/)).toBeVisible();
  expect(screen.getByRole("button", { name: "Choose a file" })).toBeEnabled();
});

it("a file over the limit is not sent", async () => {
  const { user, queryClient } = open();
  const field = await fileField();
  await waitFor(() => expect(queryClient.isFetching()).toBe(0));
  await user.upload(field, new File(["x".repeat(3_000)], "long.txt"));
  expect(await screen.findByText(/the limit is 2 kB/)).toBeVisible();
});

const previewed: ScriptPreview = {
  sha256: "0".repeat(64),
  filename: "Pasted screenplay.fountain",
  format: "fountain",
  encoding: "utf-8",
  title_page: {},
  text: "INT. LAMP ROOM\n\nRain.\n\nEXT. CLIFF\n\nWind.",
  scenes: ["INT. LAMP ROOM", "EXT. CLIFF"].map((heading, index) => ({
    index,
    number: null,
    heading,
    int_ext: null,
    location: null,
    time_of_day: null,
    line_start: 1 + 4 * index,
    line_end: 3 + 4 * index,
    eighths: 3,
    element_count: 1,
    speech_count: 0,
    shot_count: 2,
    is_omitted: false,
    is_synthetic: false,
  })),
  characters: [{ name: "MARA", count: 3 }],
  locations: [],
  warnings: [{ line: 5, code: "headings.inferred", message: "Taken for a scene heading.", lines: [] }],
  eighths: 6,
  element_count: 2,
  shot_count: 4,
  preamble_count: 0,
};

it("what is decided at the preview is what is imported", async () => {
  const sent: unknown[] = [];
  server.use(
    http.post(api("/scripts/preview"), () => HttpResponse.json(previewed)),
    http.post(api("/scripts/parse"), async ({ request }) => {
      const body = await request.formData();
      sent.push([body.get("engine"), JSON.parse(String(body.get("plan")))]);
      scripts = [script];
      return HttpResponse.json({ script_id: "s", job_id: "j" }, { status: 202 });
    }),
  );
  const { user } = open();
  await user.type(await screen.findByLabelText("Or paste the text"), "INT. LAMP ROOM");
  await user.click(screen.getByRole("button", { name: "Preview the text" }));
  expect(await screen.findByText("2 scenes · 6/8 pp · about 4 shots")).toBeVisible();
  expect(await screen.findByText("Ollama does not answer: the built-in rules are used.")).toBeVisible();
  expect(screen.getByRole("radio", { name: "Ollama" })).toBeDisabled();
  await user.click(screen.getByRole("button", { name: /1 thing to look at/ }));
  expect(screen.getByRole("button", { name: "Line 5" })).toBeVisible();
  await user.type(screen.getByLabelText("Shots a scene"), "4");
  await user.click(screen.getByRole("radio", { name: "Built-in rules" }));
  await user.click(screen.getByRole("button", { name: "Import 2 scenes" }));
  await waitFor(() =>
    expect(sent).toEqual([["rules", { sha256: previewed.sha256, target_shots: 4, scenes: [] }]]),
  );
});

it("a preview can be left again without importing anything", async () => {
  server.use(http.post(api("/scripts/preview"), () => HttpResponse.json(previewed)));
  const { user } = open();
  await user.upload(await fileField(), new File(["INT. LAMP ROOM"], "a.txt"));
  await user.click(await screen.findByRole("button", { name: "Back" }));
  expect(await screen.findByRole("button", { name: "Choose a file" })).toBeVisible();
});

it("pasted text is imported and its progress shown, and it can be cancelled", async () => {
  let cancelled = 0;
  server.use(
    http.post(api("/scripts/preview"), () => HttpResponse.json(previewed)),
    http.post(api("/scripts/parse"), () => {
      scripts = [script];
      jobs = [job({})];
      return HttpResponse.json({ script_id: "s", job_id: "j" }, { status: 202 });
    }),
    http.post(api("/jobs/j/cancel"), () => {
      cancelled += 1;
      jobs = [job({ status: "cancelling" })];
      return HttpResponse.json(jobs[0], { status: 202 });
    }),
  );
  const { user } = open();
  await user.type(await screen.findByLabelText("Or paste the text"), "INT. LAMP ROOM");
  await user.click(screen.getByRole("button", { name: "Preview the text" }));
  await user.click(await screen.findByRole("button", { name: "Import 2 scenes" }));
  expect(await screen.findByText(/Scene 12 of 48 · about \d+ s left/)).toBeVisible();
  expect(screen.getByRole("progressbar", { name: /12 of 48 scenes/ })).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Cancel" }));
  expect(await screen.findByText(/Stopping; what is done stays/)).toBeVisible();
  expect(cancelled).toBe(1);
});

it("scenes that failed for one reason are one entry, and can be tried again", async () => {
  scripts = [script];
  jobs = [job({ status: "failed", finished_at: "2026-01-01T00:01:00Z" })];
  const error = { code: "llm.timeout", detail: "Ollama took too long.", fix: "Use a smaller model." };
  children = ["INT. LAMP ROOM", "EXT. CLIFF", "INT. KITCHEN", "EXT. QUAY"].map((label, index) =>
    job({
      id: `c${index}`,
      kind: "scripts.break_down_scene",
      label,
      status: "failed",
      error,
      parent_id: "j",
    }),
  );
  let retried = 0;
  server.use(
    http.post(api("/jobs/j/retry"), () => {
      retried += 1;
      return HttpResponse.json(job({}), { status: 202 });
    }),
  );
  const { user } = open();
  expect(await screen.findByText("INT. LAMP ROOM, EXT. CLIFF, INT. KITCHEN and 1 more")).toBeVisible();
  expect(screen.getAllByText(/Ollama took too long/)).toHaveLength(1);
  await user.click(screen.getByRole("button", { name: "Retry all 4" }));
  await waitFor(() => expect(retried).toBe(1));
});

it("what the import had to guess is listed with its line", async () => {
  scripts = [script];
  jobs = [job({ status: "succeeded" })];
  const { user } = open();
  await user.click(await screen.findByRole("button", { name: /1 thing to look at/ }));
  expect(screen.getByRole("button", { name: "Line 2" })).toBeVisible();
  expect(screen.getByText("Taken for a scene heading.")).toBeVisible();
});

it("no paragraph is called uncovered before the shots are there", async () => {
  scripts = [script];
  server.use(
    http.get(api("/scripts/s/elements"), () =>
      HttpResponse.json({ items: ELEMENTS, total: ELEMENTS.length }),
    ),
  );
  const waiting = open({});
  await screen.findByRole("region", { name: "Coverage" });
  await waitFor(() => expect(waiting.queryClient.isFetching()).toBe(0));
  expect(screen.queryByText(/paragraphs covered/)).toBeNull();
  waiting.unmount();
  open();
  expect(await screen.findByText("0 of 6 paragraphs covered")).toBeVisible();
});

it("a file given to a project with a script is asked about, and a draft is compared", async () => {
  scripts = [script];
  const sent: unknown[] = [];
  server.use(
    http.post(api("/projects/p/drafts"), async ({ request }) => {
      const body = await request.formData();
      sent.push(body.get("script_id"));
      return HttpResponse.json({ id: "d" }, { status: 201 });
    }),
  );
  const { user } = open();
  await user.upload(await fileField(), new File(["INT. LAMP ROOM"], "blue.fountain"));
  expect(await screen.findByRole("radio", { name: /Revised draft of Lighthouse.fountain/ })).toBeChecked();
  await user.click(screen.getByRole("button", { name: "Compare" }));
  await waitFor(() => expect(sent).toEqual(["s"]));
});

it("a file given to a project with a script can be another screenplay", async () => {
  scripts = [script];
  server.use(http.post(api("/scripts/preview"), () => HttpResponse.json(previewed)));
  const { user } = open();
  await user.upload(await fileField(), new File(["INT. LAMP ROOM"], "other.fountain"));
  await user.click(await screen.findByRole("radio", { name: /Another screenplay, added after/ }));
  await user.click(screen.getByRole("button", { name: "Continue" }));
  expect(await screen.findByRole("button", { name: "Import 2 scenes" })).toBeVisible();
});

it("a draft that is refused is explained in the question", async () => {
  scripts = [script];
  server.use(
    http.post(api("/projects/p/drafts"), () =>
      problemResponse(415, "scripts.unsupported_format", "This file is a rich text document (RTF).", {
        fix: "Save it as plain text.",
      }),
    ),
  );
  const { user } = open();
  await user.upload(await fileField(), new File(["{\\rtf1"], "blue.txt"));
  await user.click(await screen.findByRole("button", { name: "Compare" }));
  expect(await screen.findByText(/rich text document/)).toBeVisible();
  expect(screen.getByRole("button", { name: "Compare" })).toBeEnabled();
});

it("a draft that is not applied is offered above the script", async () => {
  scripts = [script];
  drafts = [
    {
      id: "d",
      project_id: "p",
      filename: "blue.fountain",
      script_id: "s",
      script_filename: script.filename,
      created_at: script.created_at,
      applied_at: null,
    },
  ];
  open();
  expect(await screen.findByRole("link", { name: "Compare" })).toHaveAttribute("href", "/drafts/d");
});
