// The list of commands: opened by keys, filtered, chosen from, and closed without a trace.
import { expect, expectAccessibleInThemes, open, test } from "./fixtures.mjs";
import { ASK, define, editor, graph, kept, runStatus, state, states } from "./workbench.mjs";

const palette = (page) => page.getByRole("dialog", { name: "Commands" });
const field = (page) => palette(page).getByRole("combobox");
const rows = (page) => palette(page).getByRole("option");
const chosen = (page) => palette(page).locator('[role="option"][aria-selected="true"]');

/** Opens the list, types, and takes the first that is found. */
async function command(page, letters) {
  await page.keyboard.press("F1");
  await expect(field(page)).toBeFocused();
  await page.keyboard.type(letters);
  await page.keyboard.press("Enter");
}

test("it opens by its keys from anywhere, and gives the focus back", async ({ page }) => {
  await open(page);
  await expect(states(page).first()).toBeVisible();
  for (const place of [graph(page), editor(page), page.getByRole("textbox", { name: "Name of the document" })]) {
    for (const key of ["F1", "ControlOrMeta+k"]) {
      await place.focus();
      await page.keyboard.press(key);
      await expect(field(page)).toBeFocused();
      await page.keyboard.press("Escape");
      await expect(palette(page)).toBeHidden();
      await expect(place).toBeFocused();
    }
  }
  await page.keyboard.press("F1");
  await expect(palette(page)).toBeVisible();
  await page.keyboard.press("F1");
  await expect(palette(page)).toBeHidden();
  await page.getByRole("contentinfo").getByRole("button", { name: /Commands/ }).click();
  await expect(palette(page)).toBeVisible();
  await page.mouse.click(10, 850);
  await expect(palette(page)).toBeHidden();
});

test("letters filter, arrows choose, Enter does it", async ({ page }) => {
  await open(page);
  await expect(states(page)).toHaveCount(13);
  await page.keyboard.press("F1");
  const all = await rows(page).count();
  await page.keyboard.type("fold all");
  await expect(rows(page)).toHaveCount(2);
  expect(all).toBeGreaterThan(40);
  await expect(chosen(page)).toContainText("Fold all containers");
  await page.keyboard.press("ArrowDown");
  await expect(chosen(page)).toContainText("Unfold all containers");
  await expect(field(page)).toHaveAttribute("aria-activedescendant", await chosen(page).getAttribute("id"));
  await page.keyboard.press("ArrowDown");
  await expect(chosen(page)).toContainText("Fold all containers");
  await page.keyboard.press("Enter");
  await expect(palette(page)).toBeHidden();
  await expect(state(page, "ChargeCard")).toHaveCount(0);
  await command(page, "unfold all");
  await expect(states(page)).toHaveCount(13);
  await page.keyboard.press("F1");
  await page.keyboard.type("qqqq");
  await expect(rows(page)).toHaveCount(0);
  await expect(palette(page)).toContainText("Nothing has these letters");
  await page.keyboard.press("Enter");
  await expect(palette(page)).toBeVisible();
});

test("what is not possible is shown with its reason, and does nothing", async ({ page }) => {
  await open(page);
  await page.keyboard.press("F1");
  await page.keyboard.type("undo");
  await expect(chosen(page)).toHaveAttribute("aria-disabled", "true");
  await expect(chosen(page)).toContainText("nothing to undo");
  await page.keyboard.press("Enter");
  await expect(palette(page)).toBeVisible();
  await page.keyboard.press("Escape");
  await define(page, ASK);
  await command(page, "undo");
  await expect(palette(page)).toBeHidden();
  await expect.poll(() => kept(page)).not.toBe(ASK);
});

test("what was asked for lately comes first", async ({ page }) => {
  await open(page);
  await command(page, "use dark");
  await expect(page.locator("html")).toHaveAttribute("data-theme", "dark");
  await page.keyboard.press("F1");
  await expect(rows(page).first()).toContainText("Use dark colours");
});

test("states and examples are found by name", async ({ page }) => {
  await open(page);
  await expect(states(page)).toHaveCount(13);
  await command(page, "state refundp");
  await expect(state(page, "RefundPayment")).toHaveAttribute("aria-selected", "true");
  await expect(graph(page)).toBeFocused();
  await command(page, "example ask-a-human");
  await expect(page.getByRole("textbox", { name: "Name of the document" })).toHaveValue("ask-a-human");
});

test("names in the list are text and nothing else", async ({ page, problems }) => {
  await open(page);
  await define(page, { StartAt: "<img src=x onerror=alert(1)>", States: { "<img src=x onerror=alert(1)>": { Type: "Succeed" } } });
  await page.keyboard.press("F1");
  await page.keyboard.type("onerror");
  await expect(rows(page)).toHaveText(/<img src=x onerror=alert\(1\)>/);
  expect(problems).toEqual([]);
});

test("the whole page obeys by name", async ({ page }) => {
  await open(page);
  await expect(states(page).first()).toBeVisible();
  await command(page, "show the canvas alone");
  await expect(page.locator("#code")).toBeHidden();
  await command(page, "find in the code");
  await expect(page.locator(".cm-search input[name=search]")).toBeFocused();
  await command(page, "go to the canvas");
  await expect(graph(page)).toBeFocused();
  await command(page, "run");
  await expect(runStatus(page)).toContainText("Execution succeeded");
  await command(page, "go to the events");
  await expect(page.getByRole("tab", { name: /^Events/ })).toBeFocused();
  await command(page, "end run");
  await expect(page.getByText("Run to see it here")).toBeVisible();
  const dock = page.getByRole("separator", { name: "Height of the dock" });
  const before = Number(await dock.getAttribute("aria-valuenow"));
  await command(page, "heighten");
  await expect(dock).toHaveAttribute("aria-valuenow", String(before + 32));
  await command(page, "reset sizes");
  await expect(dock).toHaveAttribute("aria-valuenow", String(before));
});

test("the keys of the list do what they say", async ({ page }) => {
  await open(page);
  await state(page, "OrderFailed").click();
  const middle = async () => {
    const node = await state(page, "OrderFailed").boundingBox();
    const canvas = await graph(page).boundingBox();
    return Math.hypot(node.x + node.width / 2 - canvas.x - canvas.width / 2, node.y + node.height / 2 - canvas.y - canvas.height / 2);
  };
  expect(await middle()).toBeGreaterThan(20);
  await graph(page).focus();
  await page.keyboard.press("Alt+c");
  await expect.poll(middle).toBeLessThan(3);
  await page.keyboard.press("ControlOrMeta+f");
  await expect(page.locator(".cm-search input[name=search]")).toBeFocused();
});

test("it is accessible", async ({ page }) => {
  test.slow();
  await open(page);
  await page.keyboard.press("F1");
  await expect(rows(page).first()).toBeVisible();
  await expectAccessibleInThemes(page);
  await page.keyboard.type("zoom");
  await expectAccessibleInThemes(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await expectAccessibleInThemes(page);
});
