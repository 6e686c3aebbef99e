// The browsers of this machine, and how they are started.
import { existsSync } from "node:fs";

const present = (paths) => paths.find((path) => existsSync(path));

/** The browser that people have. */
export const WHOLE = present(["/usr/bin/chromium"]);

/** Without windows to draw, where there is one: that takes a third less time. */
export const QUICK = present(["/usr/bin/chromium-headless-shell", "/usr/bin/chromium"]);

export function launchOptions(executablePath) {
  return {
    executablePath,
    args: [
      "--no-sandbox",
      "--disable-dev-shm-usage",
      "--disable-gpu",
      "--disable-background-networking",
      "--no-first-run",
      "--disable-component-update",
      "--disable-sync",
    ],
  };
}
