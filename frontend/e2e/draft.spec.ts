/** The next draft of a script: compared, applied without touching what did not change, and a scene back from the bin. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect } from "@playwright/test";
import type { ShotRead } from "../src/client/types.gen";
import { createProject, signIn } from "./account";
import { addIngredient, generateAll, importWithRules, projectIdOf, putInSlot, shotsOf } from "./api";
import { test } from "./references";

const SCREENPLAY = `INT. LAMP ROOM - NIGHT #1#

Rain needles the glass. MARA winds the old brass lamp by hand.

EXT. GALLERY - NIGHT #2#

Mara leans into the wind. Far out, a ship's light goes out.

INT. KITCHEN - MORNING #3#

The kettle screams on the stove. Nobody comes to take it off the fire.

JON
Mara? Your tea is going cold.
`;
const GALLERY = SCREENPLAY.slice(SCREENPLAY.indexOf("EXT. GALLERY"), SCREENPLAY.indexOf("INT. KITCHEN"));
const CELLAR = "INT. CELLAR - NIGHT\n\nWater stands on the steps. A child's shoe floats by.\n\n";
const BLUE = SCREENPLAY.replace(GALLERY, CELLAR).replace("going cold", "cold, and so am I");

const inScene = (shots: ShotRead[], number: string) =>
  shots.filter((shot) => shot.number.replace(/-?[A-Z]$/, "") === number);

test("a draft changes what it changes; the rest keeps slots and documents, and an omitted scene comes back", async ({
  page,
  references,
}) => {
  await signIn(page);
  await createProject(page, "Drafts");
  const projectId = projectIdOf(page);
  await importWithRules(page, projectId, "white.fountain", SCREENPLAY);
  const lamp = await addIngredient(page, projectId, "Object", {
    name: "prop-lantern.png",
    mimeType: "image/png",
    buffer: await readFile(join(references, "prop-lantern.png")),
  });
  for (const shot of (await shotsOf(page, projectId)).items) await putInSlot(page, shot.id, lamp.id);
  await generateAll(page, projectId);
  const before = (await shotsOf(page, projectId)).items;

  await page.reload();
  await page.getByLabel("Screenplay file").setInputFiles({
    name: "blue.fountain",
    mimeType: "text/plain",
    buffer: Buffer.from(BLUE),
  });
  await expect(page.getByRole("radio", { name: /Revised draft of white.fountain/ })).toBeChecked();
  await page.getByRole("button", { name: "Compare" }).click();

  const changed = page.getByRole("article", { name: /^.*Changed.*KITCHEN/ });
  await expect(changed.getByText("going cold.")).toBeVisible();
  await expect(changed.getByText("cold, and so am I.")).toBeVisible();
  await expect(changed.getByText(/1 shot will be stale/)).toBeVisible();
  await expect(page.getByRole("article", { name: /Omitted.*GALLERY/ })).toBeVisible();
  await expect(page.getByRole("article", { name: /Added.*CELLAR/ })).toContainText("1A");
  await expect(page.getByRole("article", { name: /Unchanged/ })).toHaveCount(0);
  expect((await shotsOf(page, projectId)).items, "comparing changes nothing").toEqual(before);

  await page.getByRole("radio", { name: "Built-in rules" }).click();
  await page.getByRole("button", { name: "Apply draft" }).click();
  await expect(page.getByRole("heading", { name: "The draft is applied" })).toBeVisible();
  await expect
    .poll(async () => inScene((await shotsOf(page, projectId)).items, "1A").length)
    .toBeGreaterThan(0);
  const after = (await shotsOf(page, projectId)).items;
  expect(inScene(after, "1"), "an unchanged scene is as it was").toEqual(inScene(before, "1"));
  const [stale, ...others] = after.filter((shot) => shot.stale_causes.length > 0);
  expect(others).toEqual([]);
  expect(stale?.stale_causes).toEqual(["script"]);
  expect(stale?.dialogue[0]?.line).toBe("Mara? Your tea is cold, and so am I.");
  expect(stale?.assigned_ingredients[0]).toBe(lamp.id);
  expect(stale?.veo_json_payload).toEqual(before.find(({ id }) => id === stale?.id)?.veo_json_payload);

  await test.step("the stale shot says why and is kept as it is", async () => {
    await page.getByRole("link", { name: "Look at the stale shots" }).click();
    await expect(page.getByText(/^▲ The script changed: line \d+\.$/)).toBeVisible();
    await page.getByRole("button", { name: "Keep as it is" }).click();
    await expect(page.getByRole("button", { name: "Keep as it is" })).toHaveCount(0);
    const kept = (await shotsOf(page, projectId)).items.find(({ id }) => id === stale?.id);
    expect([kept?.stale_causes, kept?.status]).toEqual([[], "ready"]);
  });

  await test.step("the omitted scene comes back from the bin with everything", async () => {
    await page.goto(`/projects/${projectId}/script`);
    await page.getByRole("button", { name: "Bin, 1 scene" }).click();
    await page.getByRole("button", { name: /^Restore scene 2/ }).click();
    await expect(page.getByText("The bin is empty.")).toBeVisible();
    const restored = (await shotsOf(page, projectId)).items;
    expect(inScene(restored, "2")).toEqual(inScene(before, "2"));
  });
});
