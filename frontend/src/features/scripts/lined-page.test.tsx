import { screen, waitFor } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { beforeEach, expect, it, vi } from "vitest";
import type { ScriptDetail, ShotRead } from "@/client/types.gen";
import { renderPart } from "@/testing/render";
import { problemResponse, server } from "@/testing/server";
import { ELEMENTS, lined } from "./lined-fixtures";
import { LinedPage } from "./lined-page";

vi.setConfig({ testTimeout: 20_000 });

const api = (path: string) => `${window.location.origin}/api/v1${path}`;

const script: ScriptDetail = {
  id: "s",
  project_id: "p",
  filename: "Lighthouse.fountain",
  format: "fountain",
  encoding: "utf-8",
  engine: "rules",
  title_page: {},
  is_superseded: false,
  warnings: [],
  scene_count: 1,
  created_at: "2026-01-01T00:00:00Z",
  text: [
    "INT. LAMP ROOM - NIGHT",
    "",
    "Rain needles",
    "the glass.",
    "",
    "MARA",
    "(tired)",
    "Not tonight. Wait.",
    "",
    "The lamp slows.",
    "",
    "A horn.",
  ].join("\n"),
};

beforeEach(() => {
  // Lines are only made for a page that has a height.
  vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(900);
  vi.spyOn(Element.prototype, "clientWidth", "get").mockReturnValue(1200);
});

const open = (shots: ShotRead[], path = "/") =>
  renderPart(
    <LinedPage
      script={script}
      scenes={[]}
      shots={shots}
      elements={ELEMENTS}
      target={null}
      onLine={() => {}}
      shotPath={(id) => `/shots?shot=${id}`}
    />,
    { path },
  );

const A = lined("1A", ["rain", "cue", "tired", "words"]);
const B = lined("1B", ["lamp"], { sequence_number: 2 });

/** Answers `POST scenes/s1/shots` with the shot, and remembers what was asked. */
function serveMark(sent: unknown[]) {
  server.use(
    http.post(api("/scenes/s1/shots"), async ({ request }) => {
      sent.push(await request.json());
      const made = { ...lined("1C", ["horn"]), llm_context_cache: null };
      const refs = { changed_shots: [{ id: "a", number: "1A" }], archived_shots: [] };
      return HttpResponse.json({ ...made, ...refs }, { status: 201 });
    }),
  );
}

it("what no shot covers is counted, marked, and gets a shot with one button", async () => {
  const sent: unknown[] = [];
  serveMark(sent);
  const { user } = open([A, B]);
  expect(await screen.findByText("5 of 6 paragraphs covered")).toBeVisible();
  const [add] = await screen.findAllByRole("button", { name: "Add a shot over line 12" });
  await user.click(add as HTMLElement);
  await waitFor(() => expect(sent).toEqual([{ element_ids: ["horn"] }]));
  expect(await screen.findByText("1A covers less now.")).toBeVisible();
});

it("paragraphs are selected with Shift and the arrows, a speech whole, and M marks a shot over them", async () => {
  const sent: unknown[] = [];
  serveMark(sent);
  const { user } = open([A, B]);
  await user.keyboard("{ArrowDown}{ArrowDown}");
  expect(screen.getByText("3 selected")).toBeVisible();
  await user.keyboard("{Shift>}{ArrowDown}{/Shift}");
  expect(screen.getByText("4 selected")).toBeVisible();
  await user.keyboard("m");
  await waitFor(() => expect(sent).toEqual([{ element_ids: ["cue", "tired", "words", "lamp"] }]));
});

it("U goes to the next paragraph without a shot", async () => {
  const { user } = open([A]);
  await user.keyboard("u");
  expect(screen.getByText("The lamp slows.").closest("[data-line]")).toHaveAttribute("data-picked");
  await user.keyboard("u");
  expect(screen.getByText("A horn.").closest("[data-line]")).toHaveAttribute("data-picked");
});

it("a click on a rail shows the shot, and its end moves from the keyboard", async () => {
  const sent: unknown[] = [];
  server.use(
    http.put(api("/shots/1B/elements"), async ({ request }) => {
      sent.push(await request.json());
      return problemResponse(409, "shots.changed_meanwhile", "The shot was changed meanwhile.");
    }),
  );
  const { user } = open([A, B]);
  await user.click(await screen.findByRole("button", { name: /^Shot 1B:/ }));
  expect(await screen.findByText("What 1B shows.")).toBeVisible();
  expect(screen.getByRole("link", { name: "Open in the shots" })).toHaveAttribute("href", "/shots?shot=1B");
  await user.keyboard("{Alt>}{Shift>}{ArrowDown}{/Shift}{/Alt}");
  await waitFor(() => expect(sent).toEqual([{ element_ids: ["lamp", "horn"], leave_uncovered: false }]));
  expect(await screen.findByText("Could not change what the shot covers.")).toBeVisible();
});

it("a shot in the address is shown", async () => {
  open([A, B], "/?shot=1A");
  expect(await screen.findByText("What 1A shows.")).toBeVisible();
});
