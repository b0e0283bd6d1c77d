/** Painted reference pictures, as large as photographs; the backend's own tests paint them. */
import { execFile } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { test as base } from "@playwright/test";

export const REPOSITORY = join(import.meta.dirname, "..", "..");
const PYTHON = process.env.PYTHON ?? join(REPOSITORY, ".venv", "bin", "python");
const PAINT_MS = 60_000;

interface Painted {
  /** The folder with `character-ines.jpg`, `location-rooftop.jpg`, … */
  references: string;
}

export const test = base.extend<object, Painted>({
  references: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs
    async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), "references-"));
      await promisify(execFile)(PYTHON, ["-m", "tests.support.images", folder], { cwd: REPOSITORY });
      await use(folder);
      await rm(folder, { recursive: true });
    },
    { scope: "worker", timeout: PAINT_MS },
  ],
});
