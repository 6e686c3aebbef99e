// The page starts, says nothing in the console, and is accessible in every theme.
import { THEMES, expect, expectAccessible, open, test } from "./fixtures.mjs";

test("the page starts without a message in the console", async ({ page, problems }) => {
  await open(page);
  await expect(page).toHaveTitle(/Statelab/);
  await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
  expect(problems).toEqual([]);
});

test("the page starts in the theme that was chosen, and is accessible in every one", async ({ page }) => {
  for (const theme of THEMES) {
    await page.addInitScript((theme) => localStorage.setItem("statelab.theme", theme), theme);
    await open(page);
    await expect(page.locator("html")).toHaveAttribute("data-theme", theme);
    await expectAccessible(page);
  }
});

for (const [name, type] of ["worker", "assistant"].flatMap((name) => ["classic", "module"].map((type) => [name, type]))) {
  test(`the ${name} starts as a ${type} script and says so`, async ({ page }) => {
    await open(page);
    const said = await page.evaluate(
      ([name, type]) =>
        new Promise((resolve, reject) => {
          const address = document.querySelector(`meta[name=statelab-${name}]`).content;
          const worker = new Worker(address, { type });
          worker.onmessage = () => resolve(true);
          worker.onerror = (event) => reject(new Error(event.message));
        }),
      [name, type],
    );
    expect(said).toBe(true);
  });
}
