// Graph and code show the same selection, whichever of them it was made in.
import { expect, open, test } from "./fixtures.mjs";
import { ASK, cursorAt, define, editor, inspector, problems, state, tab } from "./workbench.mjs";

const selectedLines = (page) => page.locator(".cm-state-selected");

test("a state that is clicked in the graph is marked in the code, with the cursor in it", async ({ page }) => {
  await open(page);
  await define(page, ASK);
  await state(page, "Ship").click();
  await expect(state(page, "Ship")).toHaveAttribute("aria-selected", "true");
  await expect(selectedLines(page)).toHaveCount(5);
  await expect(selectedLines(page).first()).toContainText('"Ship"');
  await expect(page.locator(".cm-activeLine")).toContainText('"Ship"');
  await expect(inspector(page).getByRole("heading", { name: "Ship" })).toBeVisible();
});

test("a state that the cursor is put into is selected in the graph", async ({ page }) => {
  await open(page);
  await define(page, ASK);
  await cursorAt(page, '"Error": "NotPaid"');
  await expect(state(page, "Refuse")).toHaveAttribute("aria-selected", "true");
  await expect(selectedLines(page)).toHaveCount(4);
  await cursorAt(page, '"Resource"');
  await expect(state(page, "Read order")).toHaveAttribute("aria-selected", "true");
  await expect(state(page, "Refuse")).toHaveAttribute("aria-selected", "false");
  await cursorAt(page, '"StartAt"');
  await expect(page.locator('[role="option"][aria-selected="true"]')).toHaveCount(0);
  await expect(selectedLines(page)).toHaveCount(0);
});

test("the marked lines move with edits above them, and the selection stays", async ({ page }) => {
  await open(page);
  await define(page, ASK);
  await state(page, "Ship").click();
  await cursorAt(page, '"Ship": {');
  await page.keyboard.press("Home");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Enter");
  await expect(state(page, "Ship")).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await expect(state(page, "Ship")).toHaveAttribute("aria-selected", "true");
  await expect(selectedLines(page).first()).toContainText(/^\s*"Ship"/);
});

test("a problem leads to its place, and to its state", async ({ page }) => {
  await open(page);
  await define(page, ASK.replace('"Error": "NotPaid"', '"Error": 1'));
  await tab(page, "Events").click();
  await problems(page).getByRole("button").first().click();
  await expect(editor(page)).toBeFocused();
  await expect(page.locator(".cm-activeLine")).toContainText('"Error"');
  await expect(state(page, "Refuse")).toHaveAttribute("aria-selected", "true");
});
