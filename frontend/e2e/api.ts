/** What the server has stored, read past the page with the session it is signed in with. */
import { type APIResponse, expect, type Page } from "@playwright/test";
import type {
  AssetRead,
  ImportAccepted,
  JobDetail,
  SampleAccepted,
  ScenePage,
  ShotDetail,
  ShotPage,
} from "../src/client/types.gen";

const at = (path: string) => `/api/v1/${path}`;

async function body<T>(answer: APIResponse): Promise<T> {
  if (!answer.ok()) throw new Error(`${answer.url()}: ${answer.status()} ${await answer.text()}`);
  return (await answer.json()) as T;
}

const read = async <T>(page: Page, path: string) => body<T>(await page.request.get(at(path)));

/** Unsafe methods are refused without the page's own origin. */
const origin = (page: Page) => ({ origin: new URL(page.url()).origin });

export const scenesOf = (page: Page, projectId: string) =>
  read<ScenePage>(page, `projects/${projectId}/scenes?limit=500`);
export const shotsOf = (page: Page, projectId: string) =>
  read<ShotPage>(page, `projects/${projectId}/shots?limit=500`);
export const shotOf = (page: Page, shotId: string) => read<ShotDetail>(page, `shots/${shotId}`);

/** The project whose page is open. */
export function projectIdOf(page: Page): string {
  const id = /\/projects\/([0-9a-f-]{36})/.exec(page.url())?.[1];
  if (!id) throw new Error(`No project is open: ${page.url()}`);
  return id;
}

/** A project with the sample screenplay; `jobId` is its import, which goes on in the background. */
export async function createSample(page: Page): Promise<{ projectId: string; jobId: string }> {
  const answer = await page.request.post(at("projects/sample"), { headers: origin(page) });
  const { project, job_id: jobId } = await body<SampleAccepted>(answer);
  return { projectId: project.id, jobId };
}

export const jobOf = (page: Page, jobId: string) => read<JobDetail>(page, `jobs/${jobId}`);

export async function waitForJob(page: Page, jobId: string): Promise<void> {
  const status = async () => (await jobOf(page, jobId)).status;
  await expect.poll(status, { timeout: 60_000 }).toBe("succeeded");
}

export async function addIngredient(
  page: Page,
  projectId: string,
  type: AssetRead["type"],
  file: { name: string; mimeType: string; buffer: Buffer },
): Promise<AssetRead> {
  const multipart = { project_id: projectId, type, file };
  return body(await page.request.post(at("assets/upload"), { headers: origin(page), multipart }));
}

/** Imports a screenplay past the page, broken down by the built-in rules. */
export async function importWithRules(
  page: Page,
  projectId: string,
  name: string,
  text: string,
): Promise<void> {
  const file = { name, mimeType: "text/plain", buffer: Buffer.from(text) };
  const multipart = { project_id: projectId, engine: "rules", file };
  const answer = await page.request.post(at("scripts/parse"), { headers: origin(page), multipart });
  await waitForJob(page, (await body<ImportAccepted>(answer)).job_id);
}

/** Puts an ingredient into the first slot of a shot. */
export async function putInSlot(page: Page, shotId: string, ingredientId: string): Promise<void> {
  const data = { assigned_ingredients: [ingredientId] };
  await body(await page.request.patch(at(`shots/${shotId}`), { headers: origin(page), data }));
}

/** Makes the documents of all shots of a project with the built-in rules. */
export async function generateAll(page: Page, projectId: string): Promise<void> {
  for (const { id } of (await shotsOf(page, projectId)).items) {
    const path = at(`shots/${id}/generate-flow?engine=rules&wait=30`);
    await body(await page.request.post(path, { headers: origin(page) }));
  }
}
