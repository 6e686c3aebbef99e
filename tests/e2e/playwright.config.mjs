import { existsSync } from "node:fs";

import { defineConfig } from "@playwright/test";

const CHROMIUM = "/usr/bin/chromium";

export default defineConfig({
  testDir: ".",
  outputDir: "../../test-results",
  globalSetup: "./serve.mjs",
  reporter: "list",
  // Each worker has a browser of its own, and each test begins with nothing stored; what one
  // waits for is a condition and not a time, so several at once disturb nobody.
  // Three keep two cores busy: what a test waits for is often a pause of its own.
  workers: 3,
  fullyParallel: true,
  // A fault of the page fails twice. What passes the second time only is listed as flaky, to be
  // mended, and does not refuse the work of somebody who has not touched it.
  retries: 1,
  // How long a busy machine may take; what passes passes as soon as it does.
  timeout: 120_000,
  expect: { timeout: 20_000 },
  // A site that is broken fails everywhere, slowly.
  maxFailures: 10,
  forbidOnly: Boolean(process.env.CI),
  use: {
    // One context for all tests of a worker, emptied between two: a program that was compiled
    // for one of them is there for the next, which saves two thirds of what opening a page costs.
    reuseContext: true,
    trace: "off",
    viewport: { width: 1440, height: 900 },
    launchOptions: {
      executablePath: existsSync(CHROMIUM) ? CHROMIUM : undefined,
      args: [
        "--no-sandbox",
        "--disable-dev-shm-usage",
        "--disable-gpu",
        "--disable-background-networking",
        "--no-first-run",
        "--disable-component-update",
        "--disable-sync",
      ],
    },
  },
});
