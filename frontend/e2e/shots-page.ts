/** The parts of the shots screen that journeys work with. */
import { expect, type Locator, type Page } from "@playwright/test";

export const rowOf = (page: Page, number: string) =>
  page.getByRole("row", { name: `Shot ${number}`, exact: true });
export const inspectorOf = (page: Page) => page.getByRole("complementary", { name: "Inspector" });
export const toasts = (page: Page) => page.getByRole("region", { name: /Notifications/ });

/** An ingredient in the tray below the slots. */
export const chipOf = (page: Page, name: string) =>
  inspectorOf(page)
    .getByRole("region", { name: "Ingredients" })
    .getByRole("button", { name: new RegExp(`^${name}, `) });

/** A slot in the inspector, whatever is in it. */
export const slotOf = (page: Page, slot: 1 | 2 | 3) =>
  inspectorOf(page).getByRole("button", { name: new RegExp(`^Slot ${slot}: `) });

async function centreOf(part: Locator): Promise<{ x: number; y: number }> {
  await part.scrollIntoViewIfNeeded();
  const box = await part.boundingBox();
  if (!box) throw new Error("It is not on screen.");
  return { x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Picks a part up with the mouse and holds it over another; the caller lets go. */
export async function dragOver(page: Page, part: Locator, target: Locator): Promise<void> {
  const from = await centreOf(part);
  await page.mouse.move(from.x, from.y);
  await page.mouse.down();
  const to = await centreOf(target);
  await page.mouse.move(from.x + 8, from.y, { steps: 2 });
  await page.mouse.move(to.x, to.y, { steps: 12 });
}

/** Selects a shot and waits for its inspector. */
export async function openShot(page: Page, number: string): Promise<void> {
  await rowOf(page, number).getByText(number, { exact: true }).click();
  await expect(inspectorOf(page).getByRole("button", { name: `More for shot ${number}` })).toBeVisible();
}

/** Types a new action into the row, where it stands, and commits it. */
export async function writeAction(page: Page, number: string, text: string): Promise<void> {
  const cell = rowOf(page, number).getByRole("gridcell").nth(2);
  const field = page.getByRole("textbox", { name: `Action of shot ${number}` });
  // Rows that are being read again may take the place of the one that was clicked.
  await expect(async () => {
    await cell.dblclick();
    await expect(field).toBeVisible({ timeout: 2_000 });
  }).toPass({ timeout: 20_000 });
  await field.fill(text);
  await page.keyboard.press("Control+Enter");
}
