/** An import from the first look to its scenes: doubts, decisions, progress, cancel and going on. */
import { expect, type Page } from "@playwright/test";
import type { ImportAccepted } from "../src/client/types.gen";
import { createProject, signIn } from "./account";
import { jobOf, projectIdOf, scenesOf, shotsOf, waitForJob } from "./api";
import { test } from "./worker";

// Windows-1252, a heading glued to its text, a scene to leave out and one to merge.
const DOUBTFUL = Buffer.from(
  `INT. LIGHTHOUSE - LAMP ROOM - NIGHT

Rain needles the glass. MARA winds the lamp. A caf\u00e9 song crackles on the radio.

MARA
One more night.

EXT. LIGHTHOUSE - GALLERY - NIGHT
Mara leans into the wind. A ship's light goes out.

INT. KITCHEN - DAY

A kettle boils over.

INT. HALLWAY - CONTINUOUS

Mara runs.
`,
  "latin1",
);

const isPhone = (page: Page) => (page.viewportSize()?.width ?? 0) < 768;

async function drop(page: Page, name: string, buffer: Buffer): Promise<void> {
  await page.getByLabel("Screenplay file").setInputFiles({ name, mimeType: "text/plain", buffer });
}

test("what is doubtful is shown with its line, and what is decided is what is imported", async ({ page }) => {
  await signIn(page);
  await createProject(page, "Preview");
  const projectId = projectIdOf(page);
  await drop(page, "doubtful.txt", DOUBTFUL);
  await expect(page.getByRole("button", { name: "Import 4 scenes" })).toBeVisible();
  expect((await scenesOf(page, projectId)).total).toBe(0);

  await page.getByRole("button", { name: /things? to look at/ }).click();
  await expect(page.getByText(/Windows-1252/)).toBeVisible();
  await page.getByRole("button", { name: "Line 8" }).first().click();
  await expect(page.getByRole("document", { name: "Text of doubtful.txt" })).toContainText("caf\u00e9 song");
  if (isPhone(page)) await page.getByRole("radio", { name: "Scenes" }).click();

  await page.getByRole("checkbox", { name: "Import INT. KITCHEN - DAY" }).click();
  await page.getByRole("button", { name: "Merge INT. HALLWAY - CONTINUOUS into the scene before" }).click();
  const heading = page.getByRole("textbox", { name: "Heading of scene 1" });
  await heading.fill("INT. LIGHTHOUSE - LANTERN ROOM - NIGHT");
  await heading.press("Enter");
  await page.getByLabel("Shots a scene").fill("2");
  await page.getByRole("radio", { name: "Built-in rules" }).click();
  await page.getByRole("button", { name: "Import 2 scenes" }).click();

  await expect(page.getByText(/^2 scenes, \d+ shots, built-in rules$/)).toBeVisible({ timeout: 30_000 });
  const scenes = await scenesOf(page, projectId);
  expect(scenes.items.map((scene) => scene.slugline)).toEqual([
    "INT. LIGHTHOUSE - LANTERN ROOM - NIGHT",
    "EXT. LIGHTHOUSE - GALLERY - NIGHT",
  ]);
  expect(scenes.items.map((scene) => scene.uncovered_count)).toEqual([0, 0]);
});

const SCENES = 400;
const EXCHANGES = 2;

const exchange = (scene: number, turn: number) =>
  `The lamp swings over bunk ${scene}, deck ${turn}. MARA counts the blankets twice and looks up at the hatch.\n\n` +
  `MARA\nThat makes ${scene} on deck ${turn}, and somebody has taken one since the bell.\n\n` +
  `She writes the number down. The ship rolls, and pencil ${turn} goes over the edge of the table.\n`;

const LONG = Array.from(
  { length: SCENES },
  (_, index) =>
    `INT. CABIN ${index + 1} - NIGHT\n\n` +
    Array.from({ length: EXCHANGES }, (_unused, turn) => exchange(index + 1, turn + 1)).join("\n"),
).join("\n");

test("an import shows how far it is, can be cancelled, and goes on where it stopped", async ({
  page,
  worker,
}) => {
  test.setTimeout(180_000);
  await signIn(page);
  await createProject(page, "Cancelled");
  const projectId = projectIdOf(page);
  await drop(page, "cabins.fountain", Buffer.from(LONG));
  await page.getByRole("radio", { name: "Built-in rules" }).click();
  const accepted = page.waitForResponse("**/api/v1/scripts/parse");
  await page.getByRole("button", { name: `Import ${SCENES} scenes` }).click();
  const { job_id: jobId } = (await (await accepted).json()) as ImportAccepted;
  await worker.runUntil(async () => (await jobOf(page, jobId)).progress.done > 0);

  const progress = page.getByRole("progressbar", { name: /^Import of cabins/ });
  await expect(progress).toHaveAccessibleName(new RegExp(`: [1-9]\\d* of ${SCENES} scenes$`));
  let isAsked = false;
  void page.waitForResponse(`**/api/v1/jobs/${jobId}/cancel`).then(() => {
    isAsked = true;
  });
  await page.getByRole("button", { name: "Cancel", exact: true }).click();
  // Where it was held inside a transaction, the cancel waits for that one to end.
  await worker.runUntil(async () => isAsked, 1_000);
  worker.release();
  await expect(page.getByText("The import was cancelled. The scenes that were done are here.")).toBeVisible();
  const some = (await shotsOf(page, projectId)).total;
  expect(some).toBeGreaterThan(0);

  await page.getByRole("button", { name: "Go on" }).click();
  await waitForJob(page, jobId);
  await expect(page.getByText(new RegExp(`^${SCENES} scenes, [\\d,]+ shots, built-in rules$`))).toBeVisible();
  await expect(progress).toHaveCount(0);
  const scenes = await scenesOf(page, projectId);
  expect(scenes.items).toHaveLength(SCENES);
  // Nothing twice, no gap: every paragraph is covered, every speech once.
  expect(scenes.items.filter((scene) => scene.uncovered_count > 0)).toEqual([]);
  const counts = scenes.items.map((scene) => scene.shot_count);
  expect(Math.max(...counts)).toBeLessThan(2 * Math.min(...counts));
  expect((await shotsOf(page, projectId)).total).toBeGreaterThan(some);
});
