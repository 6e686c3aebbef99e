// One undo stack for whatever changes the text.
import { expect, open, test } from "./fixtures.mjs";
import { ASK, cursorAt, define, documentRow, documentsTab, editor, graph, kept, problems, state } from "./workbench.mjs";

const MISTAKEN = ASK.replace('"Default": "Refuse"', '"Default": "Refuze"');

/** What is said of the mistake. */
const mistake = (page) => problems(page).filter({ hasText: "No state is named Refuze" });

test("typing and a quick fix are steps of one stack, and each document has its own", async ({ page }) => {
  await open(page);
  await define(page, MISTAKEN);
  await problems(page).getByRole("button", { name: "Change to Refuse" }).click();
  await expect.poll(() => kept(page)).toBe(ASK);
  await expect(problems(page)).toHaveCount(0);
  await cursorAt(page, '"shipped"');
  await page.keyboard.press("End");
  await page.keyboard.type("  ");
  const typed = ASK.replace('true },\n', 'true },  \n');
  await expect.poll(() => kept(page)).toBe(typed);
  await page.getByRole("button", { name: /^ask-a-human/ }).click();
  await expect(state(page, "Refuse")).toHaveCount(0);
  const example = await kept(page);
  expect(example).not.toBe(typed);
  await expect(page.getByRole("button", { name: "Undo" })).toHaveAttribute("aria-disabled", "true");
  await graph(page).focus();
  await page.keyboard.press("ControlOrMeta+z");
  expect(await kept(page)).toBe(example);

  await documentsTab(page).click();
  await documentRow(page, "order-processing").getByRole("button", { name: "order-processing" }).first().click();
  await expect(state(page, "Refuse")).toBeVisible();

  // Back, by turns inside and outside the editor.
  const steps = [ASK, MISTAKEN];
  for (const [index, text] of steps.entries()) {
    await (index % 2 === 0 ? graph(page) : editor(page)).focus();
    await page.keyboard.press("ControlOrMeta+z");
    await expect.poll(() => kept(page)).toBe(text);
  }
  await expect(mistake(page)).toBeVisible();
  await page.getByRole("button", { name: "Undo" }).click();
  await expect(state(page, "RouteOrder")).toBeVisible();
  await expect(page.getByRole("button", { name: "Undo" })).toHaveAttribute("aria-disabled", "true");

  for (const [index, text] of [MISTAKEN, ASK, typed].entries()) {
    await (index % 2 === 0 ? editor(page) : graph(page)).focus();
    await page.keyboard.press(index % 2 === 0 ? "ControlOrMeta+Shift+Z" : "ControlOrMeta+y");
    await expect.poll(() => kept(page)).toBe(text);
  }
  await expect(page.getByRole("button", { name: "Redo" })).toHaveAttribute("aria-disabled", "true");
});

test("editor and document agree after undoing in the middle of edits", async ({ page }) => {
  await open(page);
  await define(page, MISTAKEN);
  await cursorAt(page, '"StartAt"');
  await page.keyboard.press("Home");
  await page.keyboard.type(" ");
  await problems(page).getByRole("button", { name: "Change to Refuse" }).click();
  await editor(page).focus();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(mistake(page)).toBeVisible();
  await page.keyboard.press("ControlOrMeta+z");
  await cursorAt(page, '"Refuze"');
  await page.keyboard.press("End");
  await page.keyboard.type(" ");
  await problems(page).getByRole("button", { name: "Change to Refuse" }).click();
  await expect(editor(page)).toContainText('"Default": "Refuse" ');
  await expect.poll(() => kept(page)).toBe(ASK.replace('"Default": "Refuse"', '"Default": "Refuse" '));
});

test("fields of the run undo by themselves", async ({ page }) => {
  await open(page);
  await define(page, ASK);
  await page.getByRole("tab", { name: "Input and mocks" }).click();
  await page.locator("#run-input").fill("1");
  await page.locator("#run-input").press("ControlOrMeta+z");
  expect(await kept(page)).toBe(ASK);
});
