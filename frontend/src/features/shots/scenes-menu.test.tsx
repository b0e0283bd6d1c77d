import { screen, waitFor, within } from "@testing-library/react";
import { HttpResponse, http } from "msw";
import { Suspense } from "react";
import { beforeEach, expect, it, vi } from "vitest";
import type { SceneRead } from "@/client/types.gen";
import { renderPart } from "@/testing/render";
import { problemResponse, server } from "@/testing/server";
import { api, SCENES, SHOTS, serveProject } from "./fixtures";
import { ShotsScreen } from "./shots-screen";
import { unpickAll } from "./use-selection";

// Whole screens are drawn here, on machines that may be busy.
vi.setConfig({ testTimeout: 20_000 });

beforeEach(() => {
  // Rows are only made for a table that has a height.
  vi.spyOn(Element.prototype, "clientHeight", "get").mockReturnValue(900);
  vi.spyOn(Element.prototype, "clientWidth", "get").mockReturnValue(1200);
  unpickAll();
});

function open(onBreakDown: (scenes: SceneRead[]) => void = () => {}) {
  return renderPart(
    <Suspense>
      <ShotsScreen
        projectId="p"
        libraryPath="/library"
        scriptPath={() => "/script"}
        onBreakDown={onBreakDown}
      />
    </Suspense>,
  );
}

async function openMenu(user: ReturnType<typeof open>["user"], item: RegExp) {
  await user.click(await screen.findByRole("button", { name: "More for all scenes" }));
  await user.click(await screen.findByRole("menuitem", { name: item }));
  return screen.findByRole("dialog");
}

function serveScenes(scenes: SceneRead[]) {
  serveProject();
  server.use(http.get(api("/projects/p/scenes"), () => HttpResponse.json({ items: scenes, total: 2 })));
}

it("numbering all scenes anew says what changes, and Undo gives the old numbers back", async () => {
  serveScenes(SCENES.map((scene, at) => ({ ...scene, number: at ? "1A" : "1" })));
  const sent: unknown[] = [];
  const before = { s1: "1", s2: "1A" };
  server.use(
    http.post(api("/projects/p/scenes/renumber"), async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({ items: SCENES, total: 2, before });
    }),
  );
  const { user } = open();
  const dialog = await openMenu(user, /^Number all scenes anew/);
  expect(within(dialog).getByText("1 of 2 scenes get another number:")).toBeVisible();
  expect(within(dialog).getByText("1A → 2")).toBeVisible();
  const field = within(dialog).getByRole("textbox", { name: "Number of the first scene" });
  await user.clear(field);
  await user.type(field, "0");
  expect(within(dialog).getByText(/A whole number from 1 to 9,000/)).toBeVisible();
  await user.keyboard("{Enter}");
  expect(sent).toEqual([]);
  await user.clear(field);
  await user.type(field, "40{Enter}");
  expect(await screen.findByText("Numbered 2 scenes anew")).toBeVisible();
  await user.click(screen.getByRole("button", { name: "Undo" }));
  await waitFor(() => expect(sent).toEqual([{ start: 40 }, { numbers: before }]));
});

it("numbers that could not be given are said", async () => {
  serveScenes(SCENES);
  server.use(http.post(api("/projects/p/scenes/renumber"), () => problemResponse(409, "x", "Not now.")));
  const { user } = open();
  const dialog = await openMenu(user, /^Number all scenes anew/);
  expect(within(dialog).getByText("The scenes have these numbers already.")).toBeVisible();
  await user.clear(within(dialog).getByRole("textbox"));
  await user.type(within(dialog).getByRole("textbox"), "7{Enter}");
  expect(await screen.findByText("Could not number the scenes anew.")).toBeVisible();
  expect(screen.getByText("Not now.")).toBeVisible();
});

it("several scenes are chosen to be broken down again: those of the picked shots, and more", async () => {
  const third = { ...(SCENES[1] as SceneRead), id: "s3", number: "3", slugline: "INT. CELLAR - DAY" };
  serveScenes([...SCENES.map((scene) => ({ ...scene, element_count: 4 })), third]);
  const asked: string[][] = [];
  const { user } = open((scenes) => asked.push(scenes.map(({ id }) => id)));
  await user.keyboard("{Control>}");
  await user.click(await screen.findByRole("row", { name: "Shot 2A" }));
  await user.keyboard("{/Control}");
  const dialog = await openMenu(user, /^Break scenes down again/);
  const boxes = within(dialog).getAllByRole("checkbox");
  expect(boxes).toHaveLength(2);
  expect(boxes.map((box) => (box as HTMLInputElement).checked)).toEqual([false, true]);
  expect(within(dialog).getByText("1 scene with 1 shot")).toBeVisible();
  await user.type(within(dialog).getByRole("searchbox"), "lamp");
  await user.click(within(dialog).getByRole("button", { name: "All 1" }));
  expect(within(dialog).getByText("2 scenes with 3 shots")).toBeVisible();
  await user.click(within(dialog).getByRole("button", { name: "Continue" }));
  expect(asked).toEqual([["s1", "s2"]]);
  expect(screen.queryByRole("dialog")).toBeNull();
});

it("on a phone a button turns taps into picking, and the picked shots are changed at once", async () => {
  const { matchMedia } = window;
  vi.spyOn(window, "matchMedia").mockImplementation((query) => ({
    ...matchMedia(query),
    matches: query.includes("width <"),
  }));
  serveProject();
  const sent: unknown[] = [];
  server.use(
    http.patch(api("/projects/p/shots"), async ({ request }) => {
      sent.push(await request.json());
      return HttpResponse.json({ shot_ids: SHOTS.map(({ id }) => id) });
    }),
  );
  const { user } = open();
  await user.click(await screen.findByRole("button", { name: "Pick several shots" }));
  expect(screen.getByRole("region", { name: "No shot picked" })).toBeVisible();
  for (const number of [/1A/, /2A/, /1B/, /1B/])
    await user.click(screen.getByRole("button", { name: number }));
  expect(screen.getByRole("region", { name: "2 shots picked" })).toBeVisible();
  expect(screen.getByRole("button", { name: /1A/, pressed: true })).toBeVisible();
  expect(screen.queryByRole("dialog")).toBeNull();
  await user.click(screen.getByRole("button", { name: "Set 8 seconds" }));
  await waitFor(() => expect(sent).toEqual([{ shot_ids: ["a", "c"], set: { duration: 8 } }]));
  await user.click(screen.getByRole("button", { name: "Let go of the picked shots" }));
  expect(screen.queryByRole("region", { name: /picked/ })).toBeNull();
  expect(screen.getByRole("button", { name: "Pick several shots", pressed: false })).toBeVisible();
});
