import { defineConfig } from "@playwright/test";

/** Journeys of a desk: dragging with the mouse, typing into the table, two panes at once. */
const AT_A_DESK = ["**/chain.spec.ts", "**/rollback.spec.ts", "**/outage.spec.ts", "**/lined.spec.ts"];

/** Journeys on the whole running stack (`make up`), in the system's Chromium. */
export default defineConfig({
  testDir: "e2e",
  // Replaces a container, so only `make compose-test` can run it.
  testIgnore: process.env.AUTEUR_OUTAGE ? [] : ["**/outage.spec.ts"],
  fullyParallel: false,
  workers: 1,
  reporter: "list",
  // The stack, its worker and the browser may share two slow cores.
  timeout: 90_000,
  expect: { timeout: 15_000 },
  use: {
    baseURL: process.env.AUTEUR_URL ?? "http://127.0.0.1:8000",
    trace: "retain-on-failure",
    launchOptions: {
      executablePath: process.env.CHROMIUM ?? "/usr/bin/chromium",
      args: [
        "--no-sandbox",
        "--disable-gpu",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
  projects: [
    { name: "desktop", use: { viewport: { width: 1440, height: 900 } } },
    {
      name: "phone",
      testIgnore: AT_A_DESK,
      use: { viewport: { width: 390, height: 844 }, hasTouch: true, isMobile: true },
    },
  ],
});
