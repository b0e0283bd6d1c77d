/** Signs in as the account the stack was started with. */
import { expect, type Page } from "@playwright/test";

export const EMAIL = process.env.AUTEUR_ADMIN_EMAIL ?? "admin@example.com";
export const PASSWORD = process.env.AUTEUR_ADMIN_PASSWORD ?? "";

export async function signIn(page: Page, path = "/projects"): Promise<void> {
  await page.goto(path);
  await page.getByLabel("E-mail").fill(EMAIL);
  await page.getByLabel("Password").fill(PASSWORD);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page.getByRole("button", { name: /^Account of/ })).toBeVisible();
}

/** Makes a project and opens it; the name is made unique for the run. */
export async function createProject(page: Page, name: string): Promise<string> {
  await page.getByRole("button", { name: "New project" }).first().click();
  const unique = `${name} ${Date.now()}`;
  await page.getByRole("textbox", { name: "Name" }).fill(unique);
  await page.getByRole("button", { name: "Create project" }).click();
  await expect(page.getByRole("button", { name: unique })).toBeVisible();
  return unique;
}
