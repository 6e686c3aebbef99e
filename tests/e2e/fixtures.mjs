// What every test starts from: the page of the built site, and its mistakes written down.
import AxeBuilder from "@axe-core/playwright";
import { test as base, expect } from "@playwright/test";

export { expect };

export const test = base.extend({
  baseURL: async ({}, use) => use(process.env.STATELAB_URL),

  /** What the page wrote as an error; a test that expects none compares with `[]`. */
  problems: async ({ page }, use) => {
    const problems = [];
    page.on("console", (message) => {
      if (message.type() === "error" || message.type() === "warning") problems.push(message.text());
    });
    page.on("pageerror", (error) => problems.push(String(error)));
    await use(problems);
  },
});

/** Opens the page and waits until the application has started and all of it is there. */
export async function open(page, { theme, path = "" } = {}) {
  await page.addInitScript((theme) => {
    addEventListener("TrunkApplicationStarted", () => (globalThis.started = true));
    if (theme) localStorage.setItem("statelab.theme", theme);
  }, theme);
  await page.goto(process.env.STATELAB_URL + path);
  await page.waitForFunction(() => globalThis.started && document.querySelector(".app[data-complete] .cm-editor[data-complete]"));
}

/** Fails with a readable list when the page breaks a rule of accessibility. */
export async function expectAccessible(page) {
  const { violations } = await new AxeBuilder({ page }).analyze();
  const found = violations.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map((node) => node.html).join("\n  ")}`);
  expect(found).toEqual([]);
}
