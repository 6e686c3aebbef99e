// Everything can be done without a pointer, and the focus can be seen wherever it is.
import { expect, open, test } from "./fixtures.mjs";
import { ASK, define, editor, events, graph, inspector, pendingTask, prepare, runStatus, state, states, tab } from "./workbench.mjs";

/** What has the focus, in a few words. */
const focused = (page) =>
  page.evaluate(() => {
    const element = document.activeElement;
    return element.getAttribute("aria-label") ?? element.id ?? element.textContent.trim();
  });

/** Presses Tab until `locator` has the focus. */
async function tabTo(page, locator, key = "Tab") {
  for (let presses = 0; presses < 60; presses += 1) {
    if (await locator.evaluate((element) => element === document.activeElement)) return;
    await page.keyboard.press(key);
  }
  throw new Error(`Tab does not lead there; the focus is on ${await focused(page)}`);
}

test("a definition is walked, run and answered with the keyboard alone", async ({ page }) => {
  await open(page);
  await define(page, ASK);
  await prepare(page, { input: "{}", mocks: "" });
  await page.reload();
  await expect(states(page)).toHaveCount(4);

  await page.keyboard.press("Tab");
  await expect(page.getByRole("link", { name: "Skip to the graph" })).toBeFocused();
  await page.keyboard.press("Enter");
  await tabTo(page, graph(page));
  await page.keyboard.press("ArrowDown");
  await expect(state(page, "Read order")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("ArrowDown");
  await expect(state(page, "Is it paid?")).toHaveAttribute("aria-selected", "true");
  await expect(graph(page)).toHaveAttribute("aria-activedescendant", await state(page, "Is it paid?").getAttribute("id"));
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowRight");
  await expect(state(page, "Refuse")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Enter");
  await expect(inspector(page).getByRole("tab", { name: "Definition" })).toBeFocused();
  await expect(inspector(page).getByRole("heading", { name: "Refuse" })).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(graph(page)).toBeFocused();
  await expect(state(page, "Refuse")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Escape");
  await expect(page.locator('[role="option"][aria-selected="true"]')).toHaveCount(0);

  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(pendingTask(page)).toBeVisible();
  await tabTo(page, pendingTask(page).getByLabel("Result"));
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type('{"paid": true}');
  await tabTo(page, pendingTask(page).getByRole("button", { name: "Succeed with this result" }));
  await page.keyboard.press("Enter");
  await expect(runStatus(page)).toContainText("Execution succeeded");
  await tabTo(page, events(page));
  await page.keyboard.press("End");
  await expect(page.getByRole("region", { name: "Chosen event" })).toContainText("ExecutionSucceeded");
  await page.keyboard.press("ArrowUp");
  await expect(page.getByRole("region", { name: "Chosen event" })).toContainText("PassStateExited");
});

test("what a pointer can do with the graph, a key can do", async ({ page }) => {
  await open(page);
  await expect(states(page)).toHaveCount(13);
  const before = await states(page).count();
  await graph(page).focus();
  for (let presses = 0; presses < 6; presses += 1) {
    if ((await state(page, "ReserveAndCharge").getAttribute("aria-selected")) === "true") break;
    await page.keyboard.press("ArrowDown");
  }
  await expect(state(page, "ReserveAndCharge")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Space");
  await expect(state(page, "ChargeCard")).toHaveCount(0);
  await page.keyboard.press("Space");
  await expect(states(page)).toHaveCount(before);

  const zoom = page.getByRole("button", { name: "Zoom to 100 %" });
  const fitted = await zoom.textContent();
  await page.keyboard.press("0");
  await expect(zoom).toHaveText("100%");
  await page.keyboard.press("+");
  await expect(zoom).toHaveText("125%");
  await page.keyboard.press("-");
  await expect(zoom).toHaveText("100%");
  await page.keyboard.press("1");
  await expect(zoom).toHaveText(fitted);
});

test("the visits of a state are gone through without losing the focus", async ({ page }) => {
  await open(page);
  await page.getByRole("button", { name: /^Run/ }).click();
  await expect(runStatus(page)).toContainText("Execution succeeded");
  await state(page, "BookParcel").click();
  const visits = inspector(page).getByRole("group", { name: "Visits of this state" }).getByRole("button");
  await expect(visits).not.toHaveCount(0);
  const shown = async () => inspector(page).getByRole("region", { name: /^Input/ }).first().textContent();
  const last = await shown();
  await visits.first().focus();
  await page.keyboard.press("Enter");
  await expect(visits.first()).toHaveAttribute("aria-pressed", "true");
  await expect(visits.first()).toBeFocused();
  expect(await shown()).not.toBe(last);
});

test("the border between graph and code moves by keys, and stays there", async ({ page }) => {
  await open(page);
  const divider = page.getByRole("separator", { name: "Width of the canvas" });
  const width = async () => (await graph(page).boundingBox()).width;
  const before = await width();
  await divider.focus();
  await page.keyboard.press("ArrowLeft");
  await expect.poll(width).toBeLessThan(before);
  const value = await divider.getAttribute("aria-valuenow");
  await page.keyboard.press("Home");
  await expect(divider).toHaveAttribute("aria-valuenow", "20");
  await page.keyboard.press("End");
  await expect(divider).toHaveAttribute("aria-valuenow", "80");
  await page.keyboard.press("Enter");
  await expect(divider).not.toHaveAttribute("aria-valuenow", "80");
  expect(value).not.toBe("80");
  const chosen = await divider.getAttribute("aria-valuenow");
  await page.reload();
  await expect(divider).toHaveAttribute("aria-valuenow", chosen);
});

test("Tab comes by every control, each shows the focus, and none keeps it", async ({ page }) => {
  await open(page);
  await define(page, ASK);
  await prepare(page, { input: "{}", mocks: "" });
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(pendingTask(page)).toBeVisible();
  await state(page, "Read order").click();
  await page.evaluate(() => document.activeElement.blur());
  const seen = new Set();
  for (let presses = 0; presses < 80; presses += 1) {
    await page.keyboard.press("Tab");
    const found = await page.evaluate(() => {
      const element = document.activeElement;
      if (element === document.body) return null;
      element.dataset.at ??= String(document.querySelectorAll("[data-at]").length);
      const style = getComputedStyle(element);
      const after = getComputedStyle(element, "::after");
      const hasRing = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
      return { at: element.dataset.at, name: element.outerHTML.slice(0, 120), isVisible: hasRing || (element.matches(".divider") && after.content !== "none") };
    });
    if (found === null || seen.has(found.at)) break;
    seen.add(found.at);
    expect(found.isVisible, `the focus is not seen on ${found.name}`).toBe(true);
  }
  expect(seen.size).toBeGreaterThan(20);
});

test("the code is left by Escape and Tab, and reached by Shift and Tab", async ({ page }) => {
  await open(page);
  await tab(page, "Code").focus();
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "Fold the code" })).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(editor(page)).toBeFocused();
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  await expect(editor(page)).not.toBeFocused();
  await page.keyboard.press("Shift+Tab");
  await expect(editor(page)).toBeFocused();
});
