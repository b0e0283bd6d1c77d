/** A part of the installation is replaced while a page is open; `make compose-test` says how, in AUTEUR_OUTAGE. */
import { exec } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "@playwright/test";
import { createProject, signIn } from "./account";
import { createSample, projectIdOf, scenesOf, waitForJob } from "./api";

test("an open page recovers by itself when the backend is replaced", async ({ page }) => {
  test.setTimeout(180_000);
  await signIn(page);
  await createProject(page, "Outage");
  await page.goto("/projects");
  const before = await createSample(page);
  await promisify(exec)(process.env.AUTEUR_OUTAGE ?? "false");

  // Nothing is reloaded: the page's own stream of events brings what happens after the outage.
  const after = await createSample(page);
  await expect(page.locator(`a[href*="${after.projectId}"]`).first()).toBeVisible({ timeout: 30_000 });
  for (const { projectId, jobId } of [before, after]) {
    await waitForJob(page, jobId);
    expect((await scenesOf(page, projectId)).total).toBeGreaterThan(5);
  }
  await page.locator(`a[href*="${before.projectId}"]`).first().click();
  expect(projectIdOf(page)).toBe(before.projectId);
});
