import { expect, test } from "@playwright/test";
import { createProject, signIn } from "./account";
import { projectIdOf, scenesOf } from "./api";

const SCREENPLAY = `INT. LIGHTHOUSE - LAMP ROOM - NIGHT

Rain needles the glass. MARA winds the lamp.

MARA
One more night.

EXT. LIGHTHOUSE - GALLERY - NIGHT

Mara leans into the wind. A ship's light goes out.
`;

test("a Word document is refused in place with what to do, and the list of runs has the import that followed", async ({
  page,
}) => {
  await signIn(page);
  await createProject(page, "Refused");
  const file = page.getByLabel("Screenplay file");
  await file.setInputFiles({
    name: "lighthouse.docx",
    mimeType: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    // Only the head of a zip: what a file is, its content says.
    buffer: Buffer.from("PK\u0003\u0004\u0014\u0000\u0006\u0000word/document.xml"),
  });
  const refusal = page.getByRole("alert");
  await expect(refusal).toContainText("Not imported: This file is a Word document (.docx)");
  await expect(refusal).toContainText("In Word: File → Save as");
  await expect(refusal).toContainText("This changed nothing in the project.");
  await expect(page.getByRole("heading", { name: "Bring in a screenplay" })).toBeVisible();
  expect((await scenesOf(page, projectIdOf(page))).total).toBe(0);

  await file.setInputFiles({
    name: "lighthouse.fountain",
    mimeType: "text/plain",
    buffer: Buffer.from(SCREENPLAY),
  });
  await page.getByRole("button", { name: "Import 2 scenes" }).click();
  await expect(page.getByRole("link", { name: /shots/i }).last()).toBeVisible();
  await expect(page.getByRole("heading", { name: "lighthouse.fountain" })).toBeVisible();
  await expect(page.getByText(/^2 scenes, \d+ shots, built-in rules$/)).toBeVisible({ timeout: 30_000 });

  await page.getByRole("button", { name: /^Runs$|under way$/ }).click();
  const run = page
    .getByRole("region", { name: "Ended" })
    .getByRole("listitem")
    .filter({ hasText: "lighthouse.fountain" });
  await expect(run).toContainText("Done", { timeout: 30_000 });
  await expect(run).toContainText("Import of a screenplay");
  await expect(page.getByText("lighthouse.docx")).toHaveCount(0);
});
