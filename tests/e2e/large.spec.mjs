// Large texts: typing stays possible, what is shown catches up, and nothing is lost.
import { expect, open, test } from "./fixtures.mjs";
import { define, kept, paste, pasteHere, prepare, problems, runStatus, state, states, statusBar, tab } from "./workbench.mjs";

/** A megabyte in few states: notes and results are what makes real definitions large. */
const large = (() => {
  const note = "All work and no play. ".repeat(900);
  const States = {};
  for (let index = 0; index < 50; index += 1) States[`S${index}`] = { Type: "Pass", Comment: note, Next: index < 49 ? `S${index + 1}` : "Last" };
  States.Last = { Type: "Succeed" };
  return JSON.stringify({ StartAt: "S0", States }, null, 2);
})();

test("a megabyte can be typed in, is checked when typing pauses, and survives being closed at once", async ({ page, context, problems: said }) => {
  expect(large.length).toBeGreaterThan(990_000);
  await open(page);
  await define(page, large);
  await expect(states(page).first()).toHaveAttribute("aria-setsize", "51");
  await expect(statusBar(page)).toContainText("No errors");
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.type("]");
  await expect(problems(page).first()).toContainText(/1:1/);
  await page.keyboard.press("Backspace");
  await expect(statusBar(page)).toContainText("No errors");

  await page.keyboard.type("   ");
  await page.close({ runBeforeUnload: true });
  const again = await context.newPage();
  await open(again);
  await expect(states(again).first()).toHaveAttribute("aria-setsize", "51");
  expect(await kept(again)).toBe(`   ${large}`);
  expect(said).toEqual([]);
});

test("a megabyte in one line is shown without a complaint, and goes on being edited", async ({ page, problems: said }) => {
  await open(page);
  const text = `{"StartAt": "A", "States": {"A": {"Type": "Succeed"}}, "Comment": "${"long ".repeat(200_000)}"}`;
  await define(page, text);
  await expect(statusBar(page)).toContainText("No errors");
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.type(" ");
  await expect.poll(() => kept(page)).toBe(` ${text}`);
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type("]");
  await expect(problems(page)).toHaveCount(1);
  expect(said).toEqual([]);
});

test("thousands of problems are counted, and the first ones listed", async ({ page }) => {
  await open(page);
  const States = Object.fromEntries(Array.from({ length: 400 }, (_, index) => [`S${index}`, { Type: "Sucede" }]));
  await paste(page, JSON.stringify({ StartAt: "S0", States }, null, 1));
  await expect(problems(page)).toHaveCount(201);
  await expect(problems(page).last()).toHaveText("and 200 more");
  await expect(statusBar(page)).toContainText("400 errors");
});

test("a large payload is cut until all of it is asked for", async ({ page }) => {
  await open(page);
  await define(page, { StartAt: "P", States: { P: { Type: "Pass", End: true } } });
  await prepare(page, { input: JSON.stringify({ list: Array.from({ length: 5_000 }, (_, index) => `item ${index}`) }), mocks: "" });
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(runStatus(page)).toHaveText(/^Execution succeeded/);
  const outcome = page.getByRole("region", { name: "Outcome" });
  await expect(outcome).not.toContainText("item 4999");
  await outcome.getByRole("button", { name: /^Show all/ }).click();
  await expect(outcome).toContainText("item 4999");
  await outcome.getByRole("button", { name: "Show the beginning only" }).click();
  await expect(outcome).not.toContainText("item 4999");
});

test("a megabyte as input or as mocks is explained", async ({ page }) => {
  await open(page);
  await define(page, { StartAt: "P", States: { P: { Type: "Pass", End: true } } });
  const garbage = "{[}] ".repeat(200_000);
  for (const id of ["#run-input", "#run-mocks"]) {
    await tab(page, "Input and mocks").click();
    await page.locator(id).focus();
    await page.evaluate(([id, text]) => {
      const area = document.querySelector(id);
      area.value = text;
      area.dispatchEvent(new Event("input", { bubbles: true }));
    }, [id, garbage]);
    await expect(page.locator(`${id}-fault`)).toContainText(/line 1, column \d+/);
    await page.locator(id).fill(id === "#run-input" ? "{}" : "");
  }
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(runStatus(page)).toHaveText(/^Execution succeeded/);
});

test("a control character is underlined with what stands beside it", async ({ page }) => {
  await open(page);
  await paste(page, '{"StartAt": "A", "States": {"A": {"Type": "Succeed", "Comment": "a');
  await pasteHere(page, '\u0001b"}}}');
  await expect(page.locator(".cm-specialChar")).toBeVisible();
  await expect(page.locator(".cm-lintRange-error").first()).toBeVisible();
  await page.getByRole("button", { name: "Write it as \\u0001" }).click();
  await expect(problems(page)).toHaveCount(0);
});
