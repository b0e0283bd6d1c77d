/** The main job, from a screenplay on disk to a document in the clipboard; at a desk. */
import { join } from "node:path";
import { expect, type Page } from "@playwright/test";
import type { ImportAccepted } from "../src/client/types.gen";
import { createProject, signIn } from "./account";
import { createSample, projectIdOf, scenesOf, shotOf, shotsOf, waitForJob } from "./api";
import { REPOSITORY, test } from "./references";
import { chipOf, dragOver, inspectorOf, openShot, rowOf, slotOf, writeAction } from "./shots-page";

const SCREENPLAY = "the-last-car-up.fountain";
const PICTURES = ["character-ines.jpg", "location-rooftop.jpg", "prop-lantern.png", "style-noir.jpg"];
/** The worker shares the machine with the browser. */
const WORK_MS = 60_000;

const IMPORTS_BEFORE = 12;

const clipboard = (page: Page) => page.evaluate(() => navigator.clipboard.readText());
const toClipboard = (page: Page, text: string) =>
  page.evaluate((value) => navigator.clipboard.writeText(value), text);
const editorOf = (page: Page) => inspectorOf(page).getByRole("textbox", { name: "Flow JSON of the shot" });
const badgeOf = (page: Page, number: string) => rowOf(page, number).getByRole("gridcell").last();

/** The whole text of the editor; only the lines in view are in the page. */
async function editorText(page: Page): Promise<string> {
  await toClipboard(page, "");
  await editorOf(page).focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+c");
  await expect.poll(() => clipboard(page)).not.toBe("");
  return clipboard(page);
}

async function replaceEditorText(page: Page, text: string): Promise<void> {
  await toClipboard(page, text);
  await editorOf(page).focus();
  await page.keyboard.press("Control+a");
  await page.keyboard.press("Control+v");
}

/** Remembers every stage of an import that the page shows from now on. */
async function watchImport(page: Page): Promise<() => Promise<string[]>> {
  await page.evaluate(() => {
    const stages = new Set<string>();
    Object.assign(window, { importStages: stages });
    const look = () => {
      const bar = document.querySelector('[role=progressbar][aria-label^="Import of"]');
      if (bar) stages.add(bar.getAttribute("aria-label") ?? "");
    };
    new MutationObserver(look).observe(document.body, { subtree: true, childList: true, attributes: true });
  });
  return () => page.evaluate(() => [...(Reflect.get(window, "importStages") as Set<string>)]);
}

test("a screenplay becomes a document in the clipboard", async ({ page, context, references }) => {
  test.setTimeout(240_000);
  const broken: string[] = [];
  page.on("pageerror", (error) => broken.push(error.message));
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await signIn(page);
  await createProject(page, "Chain");
  const projectId = projectIdOf(page);

  const shots = await test.step("the screenplay is imported, and the page shows how far it is", async () => {
    await page
      .getByLabel("Screenplay file")
      .setInputFiles(join(REPOSITORY, "backend", "screenplay", "samples", SCREENPLAY));
    await page.getByRole("radio", { name: "Built-in rules" }).click();
    const stages = await watchImport(page);
    // Imports before it keep the worker busy, so that ours goes on for as long as a person can see.
    await Promise.all(Array.from({ length: IMPORTS_BEFORE }, () => createSample(page)));
    const accepted = page.waitForResponse("**/api/v1/scripts/parse");
    await page.getByRole("button", { name: /^Import \d+ scenes$/ }).click();
    const { job_id: jobId } = (await (await accepted).json()) as ImportAccepted;
    await waitForJob(page, jobId);
    const scenes = await scenesOf(page, projectId);
    const made = await shotsOf(page, projectId);
    expect(await stages()).toContainEqual(
      expect.stringMatching(new RegExp(`^Import of ${SCREENPLAY}: \\d+ of \\d+ scenes$`)),
    );
    expect(scenes.total).toBeGreaterThan(5);
    expect(made.total).toBeGreaterThan(scenes.total);

    // Nothing was reloaded: events brought the counts.
    await expect(page.getByRole("progressbar", { name: /^Import of/ })).toHaveCount(0);
    const result = `${scenes.total} scenes, ${made.total} shots, built-in rules`;
    await expect(page.getByText(result, { exact: true })).toBeVisible();
    const index = page.getByRole("navigation", { name: "Scenes" }).getByRole("button");
    await expect(index).toHaveCount(scenes.total);
    for (const [place, scene] of scenes.items.entries()) {
      await expect(index.nth(place)).toContainText(scene.slugline);
      await expect(index.nth(place)).toHaveText(new RegExp(`${scene.shot_count}$`));
    }
    await page.getByRole("link", { name: "Open the shots" }).click();
    const table = page.getByRole("grid", { name: "Shots" });
    await expect(table).toHaveAttribute("aria-rowcount", String(scenes.total + made.total));
    return made.items;
  });
  const shot = shots[0];
  if (!shot) throw new Error("There is no shot.");
  const { number } = shot;
  const stored = () => shotOf(page, shot.id);

  await test.step("pictures are uploaded", async () => {
    await page.getByRole("link", { name: "Library" }).first().click();
    await page
      .getByLabel("Pictures to add")
      .setInputFiles(PICTURES.map((picture) => join(references, picture)));
    await expect(page.locator("[data-asset]")).toHaveCount(PICTURES.length, { timeout: WORK_MS });
  });

  await test.step("the mouse, the keyboard and the picker fill the three slots", async () => {
    await page.getByRole("link", { name: "Shots" }).first().click();
    await openShot(page, number);
    await dragOver(page, chipOf(page, "Ines"), slotOf(page, 1));
    await page.mouse.up();
    await expect(slotOf(page, 1)).toHaveAccessibleName("Slot 1: Ines, Character. Change");

    await chipOf(page, "Rooftop").focus();
    await page.keyboard.press("Space");
    // Picked up, it is over the nearest slot at once; the arrows go round the three.
    const said = page.getByText(/^Over slot \d of shot/);
    await expect(said).toBeAttached();
    await expect(async () => {
      if (!(await said.textContent())?.startsWith("Over slot 2")) await page.keyboard.press("ArrowRight");
      await expect(said).toHaveText(`Over slot 2 of shot ${number}.`, { timeout: 1_000 });
    }).toPass();
    await page.keyboard.press("Space");
    await expect(slotOf(page, 2)).toHaveAccessibleName("Slot 2: Rooftop, Location. Change");

    await page.keyboard.press("3");
    await expect(page.getByPlaceholder("Slot 3: type a name")).toBeFocused();
    await page.keyboard.type("lant");
    await page.keyboard.press("Enter");
    await expect(slotOf(page, 3)).toHaveAccessibleName("Slot 3: Lantern, Prop. Change");
    await expect.poll(async () => (await stored()).assigned_ingredients.every(Boolean)).toBe(true);
  });

  const made = await test.step("the document is made, stands in the editor and is copied", async () => {
    await inspectorOf(page).getByRole("button", { name: "Generate", exact: true }).click();
    await expect(badgeOf(page, number)).toContainText("Ready", { timeout: WORK_MS });
    const payload = (await stored()).veo_json_payload;
    await expect(editorOf(page)).toBeVisible({ timeout: WORK_MS });
    const text = await editorText(page);
    expect(JSON.parse(text)).toEqual(payload);
    for (const name of ["Ines", "Rooftop", "Lantern"]) expect(text).toContain(name);

    await toClipboard(page, "");
    await inspectorOf(page).getByRole("button", { name: "Copy", exact: true }).click();
    await expect(inspectorOf(page).getByText("Copied ✓")).toBeVisible();
    expect(JSON.parse(await clipboard(page))).toEqual(payload);
    return { text, payload };
  });

  const save = inspectorOf(page).getByRole("button", { name: /^Save/ });
  const refusal = inspectorOf(page)
    .getByRole("alert")
    .filter({ hasText: "Not saved; what you typed is kept here." });
  await test.step("a document that cannot be is refused, and nothing is stored", async () => {
    await replaceEditorText(page, made.text.slice(0, -1));
    await save.click();
    await expect(refusal).toContainText("This is not JSON yet");

    const size = /"size": "\w+"/;
    await replaceEditorText(page, made.text.replace(size, '"size": "gigantic"'));
    await save.click();
    await expect(refusal).toContainText("size");
    await expect(refusal).toContainText(`Line ${made.text.split(size)[0]?.split("\n").length}`);
    const { veo_json_payload, payload_source } = await stored();
    expect(veo_json_payload).toEqual(made.payload);
    expect(payload_source).toBe("rules");
  });

  const mended = made.text.replace(/"size": "\w+"/, '"size": "extreme_close_up"');
  await test.step("mended by hand it is stored", async () => {
    await replaceEditorText(page, mended);
    await page.keyboard.press("Control+s");
    await expect(inspectorOf(page).getByText(/edited by hand/)).toBeVisible();
    await expect(refusal).toHaveCount(0);
    const { veo_json_payload, payload_source } = await stored();
    expect(veo_json_payload).toEqual(JSON.parse(mended));
    expect(payload_source).toBe("human");
  });

  const action = "Two rails climb into the cloud; a lantern swings between them.";
  const stale = inspectorOf(page).getByText("The words or the camera changed since this was made.");
  await test.step("a new action makes the document stale", async () => {
    await writeAction(page, number, action);
    await expect(rowOf(page, number)).toContainText(action);
    await expect(stale).toBeVisible();
    await expect(badgeOf(page, number)).toContainText("Stale");
    await expect.poll(async () => (await stored()).description).toBe(action);
  });

  await test.step("a reload keeps all of it", async () => {
    await page.reload();
    await expect(rowOf(page, number)).toContainText(action);
    await expect(badgeOf(page, number)).toContainText("Stale");
    await expect(stale).toBeVisible();
    for (const [place, name] of (["Ines", "Rooftop", "Lantern"] as const).entries()) {
      await expect(slotOf(page, (place + 1) as 1 | 2 | 3)).toHaveAccessibleName(new RegExp(name));
    }
    await expect(editorOf(page)).toBeVisible({ timeout: WORK_MS });
    expect(JSON.parse(await editorText(page))).toEqual(JSON.parse(mended));
  });
  expect(broken).toEqual([]);
});
