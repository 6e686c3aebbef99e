// A thousand states: only what is near the screen is in the page, and nobody misses the rest.
import { largeDefinition } from "../../scripts/large.mjs";
import { expect, expectAccessibleInThemes, open, test } from "./fixtures.mjs";
import { define, editor, graph, state, states, tab } from "./workbench.mjs";

const LARGE = largeDefinition(1000);
/** What is done in small steps takes its time on a busy machine. */
const PATIENT = { timeout: 30_000 };
const NAMES = Object.keys(LARGE.States);

const labels = (page) => graph(page).locator(".edge-label");
const overview = (page) => page.locator(".minimap .overview");
const canvas = (page) => page.getByRole("button", { name: "Canvas", exact: true });

/** How often a layout was asked for. */
const layouts = (page) => page.evaluate(() => performance.getEntriesByName("statelab.layout").length);

/** Opens a definition that is laid out in the worker, and waits for its drawing. */
async function openLarge(page, definition = LARGE, options = {}) {
  await open(page, options);
  await define(page, definition);
  const count = JSON.stringify(definition).match(/"Type":/g).length;
  await expect(states(page).first()).toHaveAttribute("aria-setsize", String(count), PATIENT);
}

/** Waits until nothing is mounted any more; the number of states that are. */
async function settled(page) {
  let before = -1;
  const quickly = { intervals: [50], ...PATIENT };
  await expect
    .poll(async () => {
      const now = await page.evaluate(
        () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(() => resolve(document.querySelectorAll("#canvas *").length)))),
      );
      const isStill = now === before;
      before = now;
      return isStill;
    }, quickly)
    .toBe(true);
  return states(page).count();
}

/** Places of the mounted states, by name. */
const places = (page) =>
  graph(page).evaluate((graph) =>
    Object.fromEntries(
      [...graph.querySelectorAll("[role=option]")].map((option) => [option.id, option.closest(".moving").getAttribute("transform")]),
    ),
  );

async function isInSight(page, locator) {
  const [inner, outer] = [await locator.boundingBox(), await graph(page).boundingBox()];
  const inside = (at, length, start, room) => at >= start - 1 && at + length <= start + room + 1;
  return inside(inner.x, inner.width, outer.x, outer.width) && inside(inner.y, inner.height, outer.y, outer.height);
}

test("of a thousand states at most 300 are in the page while they can be read", async ({ page, problems }) => {
  await openLarge(page);
  await canvas(page).click();
  const { width, height } = await overview(page).boundingBox();
  await overview(page).click({ position: { x: width / 2, y: height / 3 } });
  await graph(page).focus();
  for (const keys of ["0", "+++"]) {
    for (const key of keys) await page.keyboard.press(key);
    await expect(graph(page)).toHaveAttribute("data-detail", "full");
    const count = await settled(page);
    expect(count).toBeGreaterThan(0);
    expect(count).toBeLessThanOrEqual(300);
    expect(await labels(page).count()).toBeLessThanOrEqual(300);
    expect(await graph(page).locator(".edge").count()).toBeLessThanOrEqual(600);
  }
  const positions = await states(page).evaluateAll((options) => options.map((option) => Number(option.getAttribute("aria-posinset"))));
  expect(new Set(positions).size).toBe(positions.length);
  expect(Math.min(...positions)).toBeGreaterThanOrEqual(1);
  expect(Math.max(...positions)).toBeLessThanOrEqual(1000);
  expect(problems).toEqual([]);
});

test("from afar every state is a plain box, without labels and names", async ({ page }) => {
  await openLarge(page);
  await graph(page).focus();
  await page.keyboard.press("1");
  await expect(graph(page)).toHaveAttribute("data-detail", "boxes");
  await expect(states(page)).toHaveCount(1000, PATIENT);
  await expect(labels(page)).toHaveCount(0);
  await settled(page);
  await expect(graph(page).locator("text:visible")).toHaveCount(0);
  // Near again, everything is told.
  await page.keyboard.press("0");
  await expect(graph(page).locator(".node .name").first()).toBeVisible();
  await expect(labels(page).first()).toBeVisible();
  expect(await settled(page)).toBeLessThanOrEqual(300);
});

test("panning and zooming lay nothing out, and mount little at a time", async ({ page }) => {
  await openLarge(page);
  await canvas(page).click();
  await graph(page).focus();
  await page.keyboard.press("0");
  await settled(page);
  const before = await layouts(page);
  await graph(page).hover();
  await page.mouse.wheel(0, 5);
  const still = await places(page);
  const mounts = await page.evaluate(() => {
    globalThis.mounts = [];
    new MutationObserver((records) => {
      const added = records.flatMap((record) => [...record.addedNodes]);
      mounts.push(added.filter((node) => node.classList?.contains("moving")).length);
    }).observe(document.querySelector("#canvas"), { childList: true, subtree: true });
    return mounts.length;
  });
  expect(mounts).toBe(0);
  for (let step = 0; step < 5; step += 1) await page.mouse.wheel(2, 2);
  await settled(page);
  expect(await page.evaluate(() => globalThis.mounts)).toEqual([]);
  expect(await places(page)).toEqual(still);
  for (let step = 0; step < 30; step += 1) await page.mouse.wheel(20, 60);
  await settled(page);
  await page.keyboard.press("1");
  await settled(page);
  const added = await page.evaluate(() => globalThis.mounts);
  expect(Math.max(...added)).toBeGreaterThan(0);
  expect(Math.max(...added)).toBeLessThanOrEqual(80);
  expect(await layouts(page)).toBe(before);
});

test("a state that is walked to or selected elsewhere is there and in sight", async ({ page }) => {
  await openLarge(page);
  await graph(page).focus();
  for (let presses = 0; presses < 25; presses += 1) {
    await page.keyboard.press("ArrowDown");
    const selected = page.locator(`[id="${await graph(page).getAttribute("aria-activedescendant")}"]`);
    await expect(selected).toHaveAttribute("aria-selected", "true");
    expect(await isInSight(page, selected)).toBe(true);
  }
  // Panned out of sight, the selected state stays in the page.
  const walkedTo = await graph(page).getAttribute("aria-activedescendant");
  await graph(page).hover();
  await page.mouse.wheel(0, 4000);
  await settled(page);
  await expect(page.locator(`[id="${walkedTo}"]`)).toHaveAttribute("aria-selected", "true");

  await editor(page).click();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("ArrowUp");
  const last = state(page, NAMES.at(-1));
  await expect(last).toHaveAttribute("aria-selected", "true");
  await expect.poll(() => isInSight(page, last)).toBe(true);
});

test("the overview moves the view, folds, and stays folded", async ({ page }) => {
  await openLarge(page);
  await expect(overview(page)).toBeVisible();
  const viewOf = () => graph(page).locator(".drawing").evaluate((drawing) => drawing.style.transform);
  const before = await viewOf();
  const { width, height } = await overview(page).boundingBox();
  await overview(page).click({ position: { x: width / 2, y: height / 2 } });
  const clicked = await viewOf();
  expect(clicked).not.toBe(before);
  expect(await settled(page)).toBeGreaterThan(0);
  await overview(page).hover({ position: { x: width / 2, y: height / 2 } });
  await page.mouse.down();
  await overview(page).hover({ position: { x: width / 2, y: height / 4 } });
  await page.mouse.up();
  expect(await viewOf()).not.toBe(clicked);

  await page.getByRole("button", { name: "Hide the overview" }).click();
  await expect(overview(page)).toHaveCount(0);
  await page.reload();
  await page.getByRole("button", { name: "Show the overview" }).click();
  await expect(overview(page)).toBeVisible();
  await page.setViewportSize({ width: 390, height: 844 });
  await expect(overview(page)).toBeHidden();
});

test("small graphs have no overview", async ({ page }) => {
  await open(page);
  await define(page, largeDefinition(39 - 1));
  await expect(states(page).first()).toHaveAttribute("aria-setsize", "38");
  await expect(overview(page)).toHaveCount(0);
  await define(page, largeDefinition(40));
  await expect(overview(page)).toBeVisible();
});

test("the worker draws what the page draws when there is no worker", async ({ page }) => {
  const middling = largeDefinition(320);
  await openLarge(page, middling);
  await settled(page);
  const byWorker = await places(page);
  await page.route(/assistant_loader/, (route) => route.abort());
  await page.reload();
  await expect(states(page).first()).toHaveAttribute("aria-setsize", "320", PATIENT);
  await settled(page);
  expect(await places(page)).toEqual(byWorker);
});

test("the last drawing stays until the next one is made, and a note says so", async ({ page }) => {
  let release;
  const held = new Promise((resolve) => (release = resolve));
  await page.route(/assistant_loader/, async (route) => {
    await held;
    await route.continue();
  });
  await open(page);
  const before = await places(page);
  await define(page, largeDefinition(320));
  await expect(page.getByText("Laying out…")).toBeVisible();
  expect(await places(page)).toEqual(before);
  release();
  await expect(states(page).first()).toHaveAttribute("aria-setsize", "320", PATIENT);
  await expect(page.getByText("Laying out…")).toHaveCount(0);
});

test("a small edit moves no view, and a selection only what is out of it", async ({ page }) => {
  await openLarge(page);
  // The cursor selects the state that it stands in, which may move the view.
  await editor(page).click();
  await settled(page);
  const viewOf = () => graph(page).locator(".drawing").evaluate((drawing) => drawing.style.transform);
  const before = await viewOf();
  const renamed = structuredClone(LARGE);
  renamed.States.Added = { Type: "Pass", Next: renamed.States.Route.Choices[0].Next };
  renamed.States.Route.Choices[0].Next = "Added";
  await define(page, renamed);
  await expect(states(page).first()).toHaveAttribute("aria-setsize", "1001", PATIENT);
  expect(await viewOf()).toBe(before);
  const seen = states(page).first();
  await seen.dispatchEvent("click");
  await expect(seen).toHaveAttribute("aria-selected", "true");
  expect(await viewOf()).toBe(before);
});

test("large graphs are accessible, near and from afar", async ({ page }) => {
  test.slow();
  // More would only take longer to check.
  await openLarge(page, largeDefinition(320));
  await graph(page).focus();
  await page.keyboard.press("0");
  await settled(page);
  await expectAccessibleInThemes(page);
  await page.keyboard.press("1");
  await settled(page);
  await expectAccessibleInThemes(page);
});
