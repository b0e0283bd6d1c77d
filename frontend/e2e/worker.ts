/** The worker of the embedded stack (`scripts/end_to_end.py`), held still so that a journey can act while it works. */
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test as base } from "@playwright/test";

const SLICE_MS = 40;

interface HeldWorker {
  /** Lets the worker work in short slices until `isReached`, and leaves it held; `pauseMs` lies between two slices. */
  runUntil: (isReached: () => Promise<boolean>, pauseMs?: number) => Promise<void>;
  release: () => void;
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

async function workerPid(): Promise<number> {
  const folder = process.env.AUTEUR_DATA_DIR;
  if (!folder) throw new Error("This journey holds the worker: run it with scripts/end_to_end.py.");
  return Number.parseInt(await readFile(join(folder, "run", "worker.pid"), "utf8"), 10);
}

/** `worker` is held from the first `runUntil` to `release`, at the latest to the end of the journey. */
export const test = base.extend<{ worker: HeldWorker }>({
  // biome-ignore lint/correctness/noEmptyPattern: Playwright reads from the pattern what a fixture needs
  worker: async ({}, use) => {
    const pid = await workerPid();
    const release = () => void process.kill(pid, "SIGCONT");
    await use({
      release,
      runUntil: async (isReached, pauseMs = SLICE_MS) => {
        process.kill(pid, "SIGSTOP");
        while (!(await isReached())) {
          release();
          await pause(SLICE_MS);
          process.kill(pid, "SIGSTOP");
          await pause(pauseMs);
        }
      },
    });
    release();
  },
});
