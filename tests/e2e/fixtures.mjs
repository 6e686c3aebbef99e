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

export const THEMES = ["light", "dark", "contrast"];

/** Rules that look at colours and sizes; what else there is in the page, no theme changes. */
const LOOKS = ["color-contrast", "link-in-text-block", "target-size"];

/** Fails with a readable list when the page breaks a rule of accessibility, in the theme that it has. */
export async function expectAccessible(page) {
  await check(page, rules(page));
}

/** Every situation in every theme, which `make test-long` looks at, or each in one of them in turn. */
const IS_WHOLE = process.env.STATELAB_MATRIX === "whole";

/** How many situations were looked at, by page. */
const seen = new WeakMap();

/** As `expectAccessible`, in other themes than the chosen one, without loading the page again. */
export async function expectAccessibleInThemes(page) {
  const set = (theme) =>
    page.evaluate((theme) => {
      const before = document.documentElement.dataset.theme;
      if (theme) document.documentElement.dataset.theme = theme;
      else delete document.documentElement.dataset.theme;
      return before;
    }, theme);
  // Tests do not all begin with the same theme, and each goes through all of them.
  const turn = seen.get(page) ?? test.info().title.length;
  seen.set(page, turn + 1);
  const themes = THEMES.map((_, at) => THEMES[(turn + at) % THEMES.length]);
  // Else colours are seen on their way from one theme to the next.
  await page.emulateMedia({ reducedMotion: "reduce" });
  const [first, ...others] = themes;
  const before = await set(first);
  await check(page, rules(page), first);
  for (const theme of IS_WHOLE ? others : []) {
    await set(theme);
    await check(page, rules(page).withRules(LOOKS), theme);
  }
  await set(before);
  await page.emulateMedia({ reducedMotion: null });
}

/** All rules; of what keeps them nothing is told, which is most of the work. */
function rules(page) {
  return new AxeBuilder({ page }).options({ resultTypes: ["violations"], selectors: false });
}

async function check(page, builder, theme) {
  // The page has no frames, so its results need no second page to be put together in.
  const { violations } = await builder.setLegacyMode().analyze();
  const found = violations.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map((node) => node.html).join("\n  ")}`);
  expect(found, theme && `in the theme ${theme}`).toEqual([]);
}
