import { expect, type Page, test } from "@playwright/test";
import { createProject, signIn } from "./account";

/** A real PNG, painted by the browser. */
async function picture(page: Page, colour: string): Promise<Buffer> {
  const url = await page.evaluate((fill) => {
    const canvas = document.createElement("canvas");
    canvas.width = 640;
    canvas.height = 360;
    const context = canvas.getContext("2d");
    if (!context) throw new Error("no canvas");
    context.fillStyle = fill;
    context.fillRect(0, 0, 640, 360);
    return canvas.toDataURL("image/png");
  }, colour);
  return Buffer.from(url.slice(url.indexOf(",") + 1), "base64");
}

async function openLibrary(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Library" }).first().click();
  await expect(page.getByText("Your ingredients")).toBeVisible();
}

const tile = (page: Page, name: string) => page.locator("[data-asset]", { hasText: name });

test("pictures are added, one is refused with its reason, and thumbnails appear by themselves", async ({
  page,
}) => {
  await signIn(page);
  await createProject(page, "Library");
  await openLibrary(page);
  await page.getByLabel("Pictures to add").setInputFiles([
    { name: "character-mara.png", mimeType: "image/png", buffer: await picture(page, "teal") },
    { name: "IMG_7.png", mimeType: "image/png", buffer: await picture(page, "olive") },
    { name: "prop-broken.png", mimeType: "image/png", buffer: Buffer.from("no picture at all") },
  ]);
  const uploads = page.getByRole("region", { name: "Uploads" });
  await expect(tile(page, "Mara")).toBeVisible();
  await expect(uploads.getByRole("alert")).toContainText("PNG");
  await uploads.getByRole("combobox", { name: "Kind of IMG_7.png" }).click();
  await page.getByRole("option", { name: "Style" }).click();
  await expect(tile(page, "IMG 7")).toContainText("Style");
  await uploads.getByRole("button", { name: "Dismiss prop-broken.png" }).click();

  // The worker makes the thumbnail; an event brings it here without a reload.
  const source = tile(page, "Mara").locator("img");
  await expect(source).toHaveAttribute("src", /thumb/, { timeout: 20_000 });
  expect(
    await source.evaluate((img: HTMLImageElement) => img.decode().then(() => img.naturalWidth)),
  ).toBeGreaterThan(0);
});

test("an ingredient is renamed, described, deleted and brought back", async ({ page }) => {
  await signIn(page);
  await createProject(page, "Ingredient");
  await openLibrary(page);
  await page.getByLabel("Pictures to add").setInputFiles({
    name: "location-lamp-room.png",
    mimeType: "image/png",
    buffer: await picture(page, "navy"),
  });
  await tile(page, "Lamp room").click();
  await page.getByLabel("Name of the ingredient").fill("Lantern room");
  await page.keyboard.press("Enter");
  const saved = page.waitForResponse(
    (answer) => answer.request().postData()?.includes("rain outside") === true && answer.ok(),
  );
  await page.getByLabel("Description").fill("Brass and glass, rain outside.");
  await page.getByLabel("Description").blur();
  await saved;
  await page.reload();
  await expect(page.getByLabel("Name of the ingredient")).toHaveValue("Lantern room");
  await expect(page.getByLabel("Description")).toHaveValue("Brass and glass, rain outside.");

  await page.getByRole("button", { name: "Delete", exact: true }).click();
  await expect(tile(page, "Lantern room")).toHaveCount(0);
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(tile(page, "Lantern room")).toHaveCount(1);
});

test("a project is renamed in place and deleted", async ({ page }) => {
  await signIn(page);
  const name = await createProject(page, "Short");
  await page.goto("/projects");
  await page.getByRole("button", { name: `More for ${name}` }).click();
  await page.getByRole("menuitem", { name: "Rename" }).click();
  await page.getByLabel("Name of the project").fill(`${name} film`);
  await page.keyboard.press("Enter");
  await expect(page.getByRole("link", { name: `${name} film` })).toBeVisible();
  await page.getByRole("button", { name: `More for ${name} film` }).click();
  await page.getByRole("menuitem", { name: "Delete…" }).click();
  await expect(page.getByRole("alertdialog")).toContainText("cannot be undone");
  await page.getByRole("button", { name: "Delete project" }).click();
  await expect(page.getByRole("link", { name: `${name} film` })).toHaveCount(0);
});
