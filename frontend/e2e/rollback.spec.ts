/** What cannot be saved goes back to what was, and says why; at a desk, in the table. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, type Page, type Route } from "@playwright/test";
import { signIn } from "./account";
import { addIngredient, createSample, shotOf, shotsOf, waitForJob } from "./api";
import { test } from "./references";
import { chipOf, dragOver, openShot, rowOf, slotOf, toasts, writeAction } from "./shots-page";

const NUMBER = "1A";
const ACTION = "The cable snaps.";
const SHOTS = "**/api/v1/shots/*";

/** Signs in, makes the sample project and opens its first shot. */
async function openFirstShot(page: Page): Promise<{ projectId: string; id: string; description: string }> {
  await signIn(page);
  const { projectId, jobId } = await createSample(page);
  await waitForJob(page, jobId);
  const shot = (await shotsOf(page, projectId)).items.find((one) => one.number === NUMBER);
  if (!shot) throw new Error(`There is no shot ${NUMBER}.`);
  await page.goto(`/projects/${projectId}/shots`);
  await openShot(page, NUMBER);
  return { projectId, id: shot.id, description: shot.description };
}

/** Saving a shot ends like this, once the caller lets it. */
async function holdSaves(page: Page, end: (route: Route) => Promise<void>): Promise<() => void> {
  let release = () => {};
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  await page.route(SHOTS, async (route) => {
    if (route.request().method() !== "PATCH") return route.fallback();
    await released;
    await end(route);
  });
  return release;
}

test("an action that the server never got goes back, and is saved on a second try", async ({ page }) => {
  const { id, description } = await openFirstShot(page);
  const row = rowOf(page, NUMBER);
  const release = await holdSaves(page, (route) => route.abort("connectionfailed"));
  await writeAction(page, NUMBER, ACTION);
  await expect(row).toContainText(ACTION);
  release();
  const toast = toasts(page).getByRole("listitem");
  await expect(toast).toContainText(`Could not save the action of shot ${NUMBER}.`);
  await expect(toast).toContainText("The server did not answer.");
  await expect(row).toContainText(description);
  expect((await shotOf(page, id)).description).toBe(description);

  await page.unroute(SHOTS);
  await toast.getByRole("button", { name: "Retry now" }).click();
  await expect(row).toContainText(ACTION);
  await expect.poll(async () => (await shotOf(page, id)).description).toBe(ACTION);
});

test("an action that the server refuses goes back with its reason, and can be typed again", async ({
  page,
}) => {
  const { id, description } = await openFirstShot(page);
  const row = rowOf(page, NUMBER);
  const release = await holdSaves(page, (route) =>
    route.fulfill({
      status: 500,
      contentType: "application/problem+json",
      json: {
        type: "about:blank",
        title: "Internal Server Error",
        status: 500,
        code: "internal",
        detail: "The disk is full.",
        fix: "Make room, then try again.",
      },
    }),
  );
  await writeAction(page, NUMBER, ACTION);
  await expect(row).toContainText(ACTION);
  release();
  const toast = toasts(page).getByRole("listitem");
  await expect(toast).toContainText(`Could not save the action of shot ${NUMBER}.`);
  await expect(toast).toContainText("The disk is full. Make room, then try again.");
  await expect(row).toContainText(description);

  await page.unroute(SHOTS);
  await writeAction(page, NUMBER, ACTION);
  await expect(row).toContainText(ACTION);
  await expect.poll(async () => (await shotOf(page, id)).description).toBe(ACTION);
  await page.reload();
  await expect(row).toContainText(ACTION);
});

test("an ingredient goes into one slot only; a second refuses it and says where it is", async ({
  page,
  references,
}) => {
  const { projectId, id } = await openFirstShot(page);
  const ines = await addIngredient(page, projectId, "Character", {
    name: "character-ines.jpg",
    mimeType: "image/jpeg",
    buffer: await readFile(join(references, "character-ines.jpg")),
  });
  await chipOf(page, ines.name).click();
  await expect(slotOf(page, 1)).toHaveAccessibleName(new RegExp(ines.name));
  const slots = async () => (await shotOf(page, id)).assigned_ingredients;
  await expect.poll(slots).toEqual([ines.id, null, null]);

  const sent: string[] = [];
  page.on("request", (request) => request.method() === "PATCH" && sent.push(request.url()));
  await dragOver(page, chipOf(page, ines.name), slotOf(page, 2));
  await expect(page.getByRole("status").filter({ hasText: "Already in slot 1" })).toBeVisible();
  await page.mouse.up();
  const toast = toasts(page).getByRole("listitem");
  await expect(toast).toContainText(`${ines.name}: Already in slot 1`);
  await expect(toast).toContainText(`Shot ${NUMBER} is unchanged.`);

  await page.keyboard.press("2");
  const option = page.getByRole("option", { name: ines.name });
  await expect(option).toBeDisabled();
  await expect(option).toContainText("Already in slot 1");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  await expect(slotOf(page, 2)).toHaveAccessibleName("Slot 2: empty. Fill");
  expect(await slots()).toEqual([ines.id, null, null]);
  expect(sent).toEqual([]);
});
