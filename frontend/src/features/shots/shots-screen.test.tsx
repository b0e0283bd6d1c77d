import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { Suspense } from "react";
import { beforeEach, expect, it, vi } from "vitest";
import type { ShotRead } from "@/client/types.gen";
import { renderPart } from "@/testing/render";
import { problemResponse, server } from "@/testing/server";
import { shot } from "@/testing/shot";
import { api, SHOTS, serveProject } from "./fixtures";
import { ShotsScreen } from "./shots-screen";
import type { JsonProblem } from "./shots-store";
import { useShotsStore } from "./shots-store";

// Monaco needs a browser with layout and workers; a text field has the same text and problems to show.
vi.mock("./json-editor", () => ({
  default: (props: {
    text: string;
    problems: JsonProblem[];
    onChange: (text: string) => void;
    onSave: () => void;
  }) => (
    <>
      <textarea
        aria-label="JSON"
        value={props.text}
        onChange={(event) => props.onChange(event.target.value)}
      />
      <output aria-label="Marked">
        {props.problems.map(({ offset, length }) => props.text.slice(offset, offset + length)).join("; ")}
      </output>
    </>
  ),
}));

// Whole screens are drawn here, on machines that may be busy.
vi.setConfig({ testTimeout: 20_000 });

beforeEach(() => {
  // Rows are only made for a table that has a height.
  vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(900);
  vi.spyOn(Element.prototype, "clientWidth", "get").mockReturnValue(1200);
  useShotsStore.setState({
    deleted: [],
    deletions: [],
    splitting: null,
    drafts: {},
    editing: null,
    picking: null,
    collapsed: new Set(),
  });
});

async function open(path = "/?shot=a") {
  const view = renderPart(
    <Suspense>
      <ShotsScreen
        projectId="p"
        libraryPath="/library"
        scriptPath={(id, line) => `/${id}/${line}`}
        onBreakDown={() => {}}
      />
    </Suspense>,
    { path },
  );
  await screen.findByRole("row", { name: "Shot 1A" });
  return view;
}
const row = (number: string) => screen.getByRole("row", { name: `Shot ${number}` });

it("every shot shows three slots, its seconds and its state in words", async () => {
  serveProject([
    shot("a", { assigned_ingredients: ["mara", null, null], stale_causes: ["slots"], veo_json_payload: {} }),
  ]);
  await open("/");
  expect(within(row("1A")).getAllByRole("button", { name: /^Slot/ })).toHaveLength(3);
  expect(await within(row("1A")).findByRole("button", { name: "Slot 1: Mara, Character" })).toBeVisible();
  expect(within(row("1A")).getByText("Stale")).toBeVisible();
});

it("a description that cannot be saved goes back and says so", async () => {
  serveProject();
  server.use(
    http.patch(api("/shots/a"), () => problemResponse(409, "shots.locked", "Somebody else has it.")),
  );
  const { user } = await open();
  await user.keyboard("{Enter}");
  await user.keyboard("The lamp dies.");
  await user.keyboard("{Control>}{Enter}{/Control}");
  expect(await screen.findByText("Could not save the action of shot 1A.")).toBeVisible();
  expect(screen.getByText("Somebody else has it.")).toBeVisible();
  expect(within(row("1A")).getByText("Rain needles the glass.")).toBeVisible();
});

it("what is typed survives a refetch, and Esc takes it back", async () => {
  const state = serveProject();
  const { user, queryClient } = await open();
  await user.keyboard("{Enter}");
  await user.keyboard("Half a sen");
  state.shots = [shot("a", { description: "Changed elsewhere." }), ...SHOTS.slice(1)];
  await queryClient.invalidateQueries();
  await waitFor(() => expect(screen.getAllByDisplayValue("Changed elsewhere.")).toHaveLength(1));
  expect(within(row("1A")).getByRole("textbox")).toHaveValue("Half a sen");
  await user.keyboard("{Escape}");
  expect(within(row("1A")).getByText("Changed elsewhere.")).toBeVisible();
});

it("the picker of a slot refuses what is in another slot and says where", async () => {
  serveProject();
  const sent: unknown[] = [];
  server.use(
    http.patch(api("/shots/a"), async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json(shot("a", { assigned_ingredients: ["mara", "radio", null] }));
    }),
  );
  const { user } = await open();
  await screen.findByRole("button", { name: /Slot 1: Mara, Character. Change/ });
  await user.keyboard("2");
  const mara = await screen.findByRole("option", { name: /Mara/ });
  expect(mara).toHaveAttribute("aria-disabled", "true");
  expect(mara).toHaveTextContent("Already in slot 1");
  await user.keyboard("{Enter}");
  await waitFor(() => expect(sent).toEqual([{ assigned_ingredients: ["mara", "radio", null] }]));
});

function serveDeletion(state: { shots: ShotRead[] }) {
  const calls: { path: string; shot_ids: string[] }[] = [];
  const before = state.shots;
  const answer = (path: string, shotsAfter: (ids: string[]) => ShotRead[]) =>
    http.post(api(`/projects/p/shots/${path}`), async ({ request }) => {
      const { shot_ids } = (await request.json()) as { shot_ids: string[] };
      calls.push({ path, shot_ids });
      state.shots = shotsAfter(shot_ids);
      return HttpResponse.json({ shot_ids });
    });
  server.use(
    answer("delete", (ids) => state.shots.filter(({ id }) => !ids.includes(id))),
    answer("restore", () => before),
  );
  return calls;
}

it("a deleted shot is gone at once, and Undo brings it back", async () => {
  const calls = serveDeletion(serveProject());
  const { user } = await open();
  await user.keyboard("{Backspace}");
  expect(await screen.findByText("Deleted shot 1A")).toBeVisible();
  expect(screen.queryByRole("row", { name: "Shot 1A" })).toBeNull();
  await user.click(screen.getByRole("button", { name: "Undo" }));
  expect(await screen.findByRole("row", { name: "Shot 1A" })).toBeVisible();
  expect(calls).toEqual([
    { path: "delete", shot_ids: ["a"] },
    { path: "restore", shot_ids: ["a"] },
  ]);
});

it("a shot that could not be deleted is still there, and that is said", async () => {
  serveProject();
  server.use(http.post(api("/projects/p/shots/delete"), () => problemResponse(409, "shots.x", "Not now.")));
  const { user } = await open();
  await user.keyboard("{Backspace}");
  expect(await screen.findByText("Could not delete the shots. They are still there.")).toBeVisible();
  expect(screen.getByRole("row", { name: "Shot 1A" })).toBeVisible();
});

it("several shots are picked with the keyboard, changed at once, deleted and brought back with Z", async () => {
  const calls = serveDeletion(serveProject());
  const sent: unknown[] = [];
  server.use(
    http.patch(api("/projects/p/shots"), async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({ shot_ids: ["a", "b"] });
    }),
  );
  const { user } = await open();
  await user.keyboard("{Shift>}{ArrowDown}{/Shift}");
  expect(await screen.findByRole("region", { name: "2 shots picked" })).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Set 8 seconds" }));
  await waitFor(() => expect(sent).toEqual([{ shot_ids: ["a", "b"], set: { duration: 8 } }]));
  await user.keyboard("{Backspace}");
  expect(await screen.findByText("Deleted 2 shots")).toBeVisible();
  expect(screen.queryByRole("region", { name: /picked/ })).toBeNull();
  await user.keyboard("z");
  expect(await screen.findByRole("row", { name: "Shot 1B" })).toBeVisible();
  expect(calls.map(({ path }) => path)).toEqual(["delete", "restore"]);
});

it("a change that one shot refuses is made to none, and the shot is named", async () => {
  serveProject();
  server.use(
    http.patch(api("/projects/p/shots"), () =>
      problemResponse(422, "shots.bulk_refused", "Shot 1B: this ingredient is in slot 2 already."),
    ),
  );
  const { user } = await open();
  await user.keyboard("{Shift>}{ArrowDown}{/Shift}");
  await user.click(screen.getByRole("button", { name: "Set 8 seconds" }));
  expect(await screen.findByText(/Shot 1B: this ingredient is in slot 2 already/)).toBeVisible();
  expect(screen.getByText("Could not change 2 shots. None was changed.")).toBeVisible();
});

it("S lists the places at which a shot can be split", async () => {
  serveProject();
  const sent: unknown[] = [];
  server.use(
    http.get(api("/shots/a/split-points"), () =>
      HttpResponse.json({ items: [{ element_id: "e", offset: 13, before: "Not tonight.", after: "Wait." }] }),
    ),
    http.post(api("/shots/a/split"), async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({ first: SHOTS[0], second: { ...SHOTS[1], number: "1B" } });
    }),
  );
  const { user } = await open();
  await user.keyboard("s");
  await user.click(await screen.findByRole("button", { name: /Wait\./ }));
  await waitFor(() => expect(sent).toEqual([{ element_id: "e", offset: 13 }]));
  expect(await screen.findByText("Split into 1A and 1B")).toBeVisible();
});

it("a failed document says why and can be made by the rules", async () => {
  const last_error = {
    code: "llm.timeout",
    detail: "Ollama took too long.",
    fix: "Use a smaller model.",
    job_id: "j",
  };
  serveProject([shot("a", { last_error })]);
  const asked: (string | null)[] = [];
  server.use(
    http.post(api("/shots/a/generate-flow"), ({ request }) => {
      asked.push(new URL(request.url).searchParams.get("engine"));
      return HttpResponse.json({}, { status: 202 });
    }),
  );
  const { user } = await open();
  expect(screen.getByText(/Ollama took too long/)).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Use built-in rules" }));
  await waitFor(() => expect(asked).toEqual(["rules"]));
});

const written: Partial<ShotRead> = {
  veo_json_payload: { shot: { size: "wide" } },
  payload_source: "human",
  status: "ready",
};

it("a document written by hand is not overwritten without asking", async () => {
  serveProject([shot("a", written)]);
  let asked = 0;
  server.use(
    http.post(api("/shots/a/generate-flow"), () => {
      asked += 1;
      return HttpResponse.json({}, { status: 202 });
    }),
  );
  const { user } = await open();
  await user.click(screen.getByRole("button", { name: "Generate again" }));
  await user.click(await screen.findByRole("button", { name: "Keep mine" }));
  expect(asked).toBe(0);
  await user.click(screen.getByRole("button", { name: "Generate again" }));
  await user.click(await screen.findByRole("button", { name: "Replace it" }));
  await waitFor(() => expect(asked).toBe(1));
});

it("a document that is refused stays as typed, with each problem at its place", async () => {
  serveProject([shot("a", written)]);
  server.use(
    http.patch(api("/shots/a"), () =>
      problemResponse(422, "shots.invalid_document", "This is not a valid shot document.", {
        errors: [
          {
            loc: ["body", "veo_json_payload", "shot", "size"],
            msg: "shot.size must be one of wide, full.",
            type: "literal_error",
          },
        ],
      }),
    ),
  );
  const { user } = await open();
  const field = await screen.findByLabelText("JSON");
  await user.clear(field);
  await user.click(field);
  await user.paste('{\n  "shot": { "size": "huge" }\n}');
  await user.click(screen.getByRole("button", { name: /^Save/ }));
  expect(await screen.findByText("shot.size must be one of wide, full.")).toBeVisible();
  expect(screen.getByText("Line 2")).toBeVisible();
  expect(screen.getByLabelText("Marked")).toHaveTextContent('"huge"');
  expect(screen.getByLabelText("JSON")).toHaveValue('{\n  "shot": { "size": "huge" }\n}');
});

it("text that is no JSON is not sent", async () => {
  serveProject([shot("a", written)]);
  const { user } = await open();
  const field = await screen.findByLabelText("JSON");
  await user.click(field);
  await user.paste("{");
  await user.click(screen.getByRole("button", { name: /^Save/ }));
  expect(await screen.findByText(/This is not JSON yet/)).toBeVisible();
});

it("a scene gets a number of its own, and one that is taken is refused with its reason", async () => {
  serveProject();
  const sent: unknown[] = [];
  server.use(
    http.patch(api("/scenes/s1"), async ({ request }) => {
      sent.push(await request.json());
      return problemResponse(409, "scenes.number_taken", "Another scene has the number 2A.");
    }),
  );
  const { user } = await open();
  await user.dblClick(screen.getAllByTitle("Double click to change the number")[0] as HTMLElement);
  await user.clear(screen.getByRole("textbox", { name: "Number of scene 1" }));
  await user.type(screen.getByRole("textbox", { name: "Number of scene 1" }), "2a{Enter}");
  expect(await screen.findByText("Could not give the scene the number 2A.")).toBeVisible();
  expect(screen.getByText(/Another scene has the number 2A/)).toBeVisible();
  expect(sent).toEqual([{ number: "2A" }]);
});
