/** The lined script and manual work on shots, at a desk: mark, split, merge, change many, break down again, number anew, revert. */
import { expect, type Page, test } from "@playwright/test";
import type { ImportAccepted, ShotRead } from "../src/client/types.gen";
import { createProject, signIn } from "./account";
import { projectIdOf, scenesOf, shotOf, shotsOf, waitForJob } from "./api";
import { inspectorOf, openShot, rowOf, toasts, writeAction } from "./shots-page";

const SCREENPLAY = `INT. ENGINE ROOM - NIGHT

INES turns a brass wheel. Steam hisses from the pipes.

INES
(tired)
Not tonight. The pressure is too high for that. Listen to the valves.

A red lamp blinks above the door.

TOMAS
Then we wait.

Tomas sits down on a crate. He takes his cap off.

EXT. FERRY DECK - DAY

Gulls circle over the empty deck.
`;
const SPEECH = "Not tonight. The pressure is too high for that. Listen to the valves.";

const lineOf = (page: Page, line: number) => page.locator(`[data-line="${line}"]`);
const said = (shots: ShotRead[]) =>
  shots
    .flatMap(({ dialogue }) => dialogue)
    .map(({ line }) => line)
    .join(" ");

async function importScreenplay(page: Page, projectId: string): Promise<void> {
  const answer = await page.request.post("/api/v1/scripts/parse", {
    headers: { origin: new URL(page.url()).origin },
    multipart: {
      project_id: projectId,
      engine: "rules",
      file: { name: "engine-room.fountain", mimeType: "text/plain", buffer: Buffer.from(SCREENPLAY) },
    },
  });
  const { job_id } = (await answer.json()) as ImportAccepted;
  await waitForJob(page, job_id);
}

test("the script is lined with its shots, and the shots are worked on by hand", async ({ page }) => {
  test.setTimeout(240_000);
  const broken: string[] = [];
  page.on("pageerror", (error) => broken.push(error.message));
  await signIn(page);
  await createProject(page, "Lined");
  const projectId = projectIdOf(page);
  await importScreenplay(page, projectId);
  await page.goto(`/projects/${projectId}/script`);
  const [scene] = (await scenesOf(page, projectId)).items;
  if (!scene) throw new Error("There is no scene.");
  const own = async () => (await shotsOf(page, projectId)).items.filter((shot) => shot.scene_id === scene.id);

  await test.step("a line shows its shot, and the shot its lines", async () => {
    await expect(page.getByText("All 9 paragraphs covered")).toBeVisible();
    await lineOf(page, 7).click();
    const speaker = (await own()).find(({ dialogue }) =>
      said([{ dialogue } as ShotRead]).includes("Not tonight"),
    );
    await expect(inspectorOf(page).getByText(`Shot ${speaker?.number}`, { exact: true })).toBeVisible();
    await expect(inspectorOf(page)).toContainText("Not tonight.");
    await inspectorOf(page).getByRole("link", { name: "Open in the shots" }).click();
    await expect(rowOf(page, speaker?.number ?? "")).toHaveAttribute("aria-selected", "true");
    await inspectorOf(page)
      .getByRole("link", { name: /^Script l\./ })
      .click();
    await expect(lineOf(page, speaker?.line_start ?? 0)).toBeVisible();
  });

  await test.step("lines are marked with the mouse and M: a speech comes whole", async () => {
    const from = await lineOf(page, 7).boundingBox();
    const to = await lineOf(page, 9).boundingBox();
    if (!from || !to) throw new Error("The lines are not on screen.");
    await page.mouse.move(from.x + 120, from.y + 10);
    await page.mouse.down();
    await page.mouse.move(to.x + 120, to.y + 10, { steps: 8 });
    await page.mouse.up();
    await expect(page.getByText("4 selected")).toBeVisible();
    await page.keyboard.press("m");
    await expect(toasts(page).getByText(/^Marked shot/)).toBeVisible();
    const made = (await own()).find(({ provenance }) => provenance.anchors === "human");
    expect(made?.element_ids).toHaveLength(4);
    expect(said(made ? [made] : [])).toBe(SPEECH);
    await expect(inspectorOf(page).getByText(`Shot ${made?.number}`, { exact: true })).toBeVisible();
    await expect(page.getByText("All 9 paragraphs covered")).toBeVisible();
  });

  await test.step("the end of the shot is moved from the keyboard", async () => {
    await page.keyboard.press("Alt+Shift+ArrowUp");
    await expect(toasts(page).getByText(/covers other lines$/)).toBeVisible();
    expect(said(await own())).toContain(SPEECH);
  });

  const shots = await own();
  const speaker = shots.find((shot) => said([shot]).includes("Not tonight"));
  if (!speaker) throw new Error("Nobody speaks.");

  await test.step("a long speech is split at a sentence and merged again", async () => {
    await page.goto(`/projects/${projectId}/shots?shot=${speaker.id}`);
    await expect(rowOf(page, speaker.number)).toHaveAttribute("aria-selected", "true");
    await page.keyboard.press("s");
    await page
      .getByRole("dialog")
      .getByRole("button", { name: /paragraph ?Listen to the valves\.$/ })
      .click();
    await expect(toasts(page).getByText(/^Split into/)).toBeVisible();
    await expect
      .poll(async () => said([await shotOf(page, speaker.id)]))
      .toBe("Not tonight. The pressure is too high for that.");
    await expect(page.getByRole("row", { name: /^Shot 1/ })).toHaveCount(shots.length + 1);
    await page.keyboard.press("Shift+M");
    await expect(toasts(page).getByText(/^Merged into/)).toBeVisible();
    await expect.poll(async () => said([await shotOf(page, speaker.id)])).toBe(SPEECH);
    await expect(page.getByRole("row", { name: /^Shot 1/ })).toHaveCount(shots.length);
  });

  await test.step("several shots are changed at once, deleted and brought back", async () => {
    await openShot(page, "1A");
    await page.keyboard.press("Shift+ArrowDown");
    await page.getByRole("button", { name: "Set 8 seconds" }).click();
    await expect.poll(async () => (await own()).slice(0, 2).map(({ duration }) => duration)).toEqual([8, 8]);
    const before = (await own()).map(({ id }) => id);
    await page.keyboard.press("Backspace");
    await expect(toasts(page).getByText("Deleted 2 shots")).toBeVisible();
    await expect.poll(async () => (await own()).length).toBe(before.length - 2);
    await page.keyboard.press("z");
    await expect.poll(async () => (await own()).map(({ id }) => id)).toEqual(before);
    // The page has them too, before anything else is done in it.
    await expect(page.getByRole("row", { name: /^Shot 1/ })).toHaveCount(before.length);
  });

  await test.step("a new breakdown keeps what was edited, and is taken back", async () => {
    await writeAction(page, "1A", "Ines at the wheel, close.");
    await expect(
      inspectorOf(page)
        .getByText(/edited/)
        .first(),
    ).toBeVisible();
    const written = async () =>
      (await own()).find(({ description }) => description === "Ines at the wheel, close.");
    await expect.poll(written).toBeDefined();
    const before = await own();
    const edited = await written();
    await page.getByRole("button", { name: `More for scene ${scene.number}`, exact: true }).click();
    await page.getByRole("menuitem", { name: "Break down again…" }).click();
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("radio", { name: "Built-in rules" }).click();
    await dialog.getByRole("button", { name: "Break down", exact: true }).click();
    await expect(toasts(page).getByText(/shots? in scene/)).toBeVisible({ timeout: 60_000 });
    const after = await own();
    expect(after.map(({ id }) => id)).toContain(edited?.id);
    expect(said(after)).toContain(SPEECH);
    await page.getByRole("button", { name: "Runs", exact: true }).click();
    await page.getByRole("tab", { name: "Breakdowns" }).click();
    await page.getByRole("button", { name: `Revert ${scene.slugline}` }).click();
    await expect(page.getByText(/^Reverted/)).toBeVisible();
    expect((await own()).map(({ id }) => id)).toEqual(before.map(({ id }) => id));
  });

  await test.step("both scenes are broken down as one run, and numbered anew; each is taken back", async () => {
    await page.keyboard.press("Escape");
    const undo = (words: RegExp) =>
      toasts(page).getByRole("listitem").filter({ hasText: words }).getByRole("button", { name: "Undo" });
    const ids = async () => (await shotsOf(page, projectId)).items.map(({ id }) => id);
    const menu = async (item: string) => {
      await page.getByRole("button", { name: "More for all scenes" }).click();
      await page.getByRole("menuitem", { name: item }).click();
    };
    const before = await ids();
    await menu("Break scenes down again…");
    const dialog = page.getByRole("dialog");
    await dialog.getByRole("button", { name: "All 2" }).click();
    await dialog.getByRole("button", { name: "Continue" }).click();
    await dialog.getByRole("radio", { name: "Built-in rules" }).click();
    await dialog.getByRole("button", { name: "Break down", exact: true }).click();
    await expect(undo(/in 2 scenes/)).toBeVisible({ timeout: 60_000 });
    expect(await ids()).not.toEqual(before);
    await undo(/in 2 scenes/).click();
    await expect.poll(ids).toEqual(before);

    await menu("Number all scenes anew…");
    await page.getByRole("textbox", { name: "Number of the first scene" }).fill("40");
    await expect(page.getByText("2 of 2 scenes get another number")).toBeVisible();
    await page.getByRole("button", { name: "Number anew" }).click();
    await expect(rowOf(page, "40A")).toBeVisible();
    await undo(/Numbered 2 scenes anew/).click();
    await expect(rowOf(page, "1A")).toBeVisible();
    expect(await ids()).toEqual(before);
  });
  expect(broken).toEqual([]);
});
