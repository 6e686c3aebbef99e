import { existsSync } from "node:fs";

import { defineConfig } from "@playwright/test";

const CHROMIUM = "/usr/bin/chromium";

export default defineConfig({
  testDir: ".",
  outputDir: "../../test-results",
  globalSetup: "./serve.mjs",
  reporter: "list",
  // Every test has a browser context of its own, hence a storage; what one waits for is a
  // condition and not a time, so two at once disturb nobody.
  workers: 2,
  fullyParallel: true,
  retries: 0,
  timeout: 60_000,
  forbidOnly: Boolean(process.env.CI),
  use: {
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
