// How the page is divided: panes fold, borders move, and nothing is out of reach in any window.
import { expect, expectAccessible, open, test } from "./fixtures.mjs";
import { ASK, define, graph, inspector, runStatus, state, states } from "./workbench.mjs";

const border = (page, name) => page.getByRole("separator", { name });
const library = (page) => page.getByRole("complementary", { name: "Library" });
const fold = (page, name) => page.getByRole("button", { name: `Fold the ${name}` });
const unfold = (page, name) => page.getByRole("button", { name: `Unfold the ${name}` });
const width = async (locator) => (await locator.boundingBox()).width;
const places = (page) => page.getByRole("navigation", { name: "Places" });

/** Drags by the mouse from the middle of a border. */
async function drag(page, locator, dx, dy) {
  const { x, y, width, height } = await locator.boundingBox();
  const [fromX, fromY] = [x + width / 2, y + height / 2];
  await page.mouse.move(fromX, fromY);
  await page.mouse.down();
  await page.mouse.move(fromX + dx / 2, fromY + dy / 2);
  await page.mouse.move(fromX + dx, fromY + dy);
  await page.mouse.up();
}

/** Whether anything of the page is wider than the window. */
const overflow = (page) => page.evaluate(() => document.documentElement.scrollWidth - innerWidth);

test("panes fold, and are as they were on the next visit", async ({ page }) => {
  await open(page);
  await expect(states(page).first()).toBeVisible();
  const canvas = await width(graph(page));
  await fold(page, "library").click();
  await expect(library(page).getByRole("tab")).toHaveCount(0);
  await fold(page, "inspector").click();
  await expect(inspector(page)).toBeHidden();
  await fold(page, "dock").click();
  await expect(page.locator("#problems")).toBeHidden();
  expect(await width(graph(page))).toBeGreaterThan(canvas);
  await fold(page, "code").click();
  await expect(page.locator("#code")).toBeHidden();

  await page.reload();
  await expect(states(page).first()).toBeVisible();
  await expect(inspector(page)).toBeHidden();
  await expect(page.locator("#problems")).toBeHidden();
  await expect(page.locator("#code")).toBeHidden();
  await unfold(page, "inspector").click();
  await expect(inspector(page)).toBeVisible();
  await unfold(page, "dock").click();
  await expect(page.locator("#problems")).toBeVisible();
  await page.getByRole("button", { name: "Split" }).click();
  await expect(page.locator("#code")).toBeVisible();
  await library(page).getByRole("button", { name: "Examples" }).click();
  await expect(library(page).getByRole("tab", { name: "Examples" })).toBeFocused();
});

test("every border is dragged, remembered, and brought back", async ({ page }) => {
  await open(page);
  const borders = [
    ["Width of the library", 60, 0, 60],
    ["Width of the inspector", -80, 0, 80],
    ["Height of the dock", 0, -50, 50],
  ];
  const before = {};
  for (const [name, dx, dy, grows] of borders) {
    before[name] = Number(await border(page, name).getAttribute("aria-valuenow"));
    await drag(page, border(page, name), dx, dy);
    await expect(border(page, name)).toHaveAttribute("aria-valuenow", String(before[name] + grows));
  }
  expect(await width(library(page))).toBe(before["Width of the library"] + 60);
  await drag(page, border(page, "Width of the canvas"), 70, 0);
  const split = await border(page, "Width of the canvas").getAttribute("aria-valuenow");
  expect(Number(split)).toBeGreaterThan(54);

  await page.reload();
  await expect(border(page, "Width of the canvas")).toHaveAttribute("aria-valuenow", split);
  for (const [name, , , grows] of borders) {
    await expect(border(page, name)).toHaveAttribute("aria-valuenow", String(before[name] + grows));
    await border(page, name).dblclick();
    await expect(border(page, name)).toHaveAttribute("aria-valuenow", String(before[name]));
  }
});

test("borders move by keys, no further than the window allows", async ({ page }) => {
  await open(page);
  for (const [name, grow] of [["Width of the library", "ArrowRight"], ["Width of the inspector", "ArrowLeft"], ["Height of the dock", "ArrowUp"]]) {
    const value = async (what = "now") => Number(await border(page, name).getAttribute(`aria-value${what}`));
    const before = await value();
    await border(page, name).focus();
    await page.keyboard.press(grow);
    await expect.poll(value).toBe(before + 16);
    await page.keyboard.press("End");
    await expect.poll(value).toBe(await value("max"));
    await page.keyboard.press(grow);
    expect(await value()).toBe(await value("max"));
    await page.keyboard.press("Home");
    await expect.poll(value).toBe(await value("min"));
    await page.keyboard.press("Enter");
    await expect.poll(value).toBe(before);
  }
});

test("a pane dragged wide gives way to a smaller window, and comes back with a larger one", async ({ page }) => {
  await open(page);
  await border(page, "Width of the inspector").focus();
  await page.keyboard.press("End");
  const wide = await width(inspector(page));
  for (const size of [1290, 1110, 1000]) {
    await page.setViewportSize({ width: size, height: 700 });
    await expect.poll(() => width(graph(page))).toBeGreaterThan(150);
    const { x, width: taken } = await inspector(page).boundingBox();
    expect(x + taken).toBeLessThanOrEqual(size);
    expect(await overflow(page)).toBe(0);
  }
  await page.setViewportSize({ width: 1440, height: 900 });
  await expect.poll(() => width(inspector(page))).toBe(wide);
});

test("the choices of earlier versions are taken over", async ({ page }) => {
  await page.addInitScript(() => {
    if (sessionStorage.getItem("set")) return;
    sessionStorage.setItem("set", "yes");
    localStorage.setItem("statelab.layout.split", "61.5");
    localStorage.setItem("statelab.layout.dock", "folded");
  });
  await open(page);
  await expect(border(page, "Width of the canvas")).toHaveAttribute("aria-valuenow", "62");
  await expect(page.locator("#problems")).toBeHidden();
  await page.reload();
  await expect(border(page, "Width of the canvas")).toHaveAttribute("aria-valuenow", "62");
  expect(await page.evaluate(() => Object.keys(localStorage).filter((key) => key.startsWith("statelab.layout")))).toEqual(["statelab.layout"]);
});

test("what is kept of the layout may be broken", async ({ page, problems }) => {
  await page.addInitScript(() => localStorage.setItem("statelab.layout", '{"split": "x", "left": 1e999, "dock": -7, "centre": 3'));
  await open(page);
  await expect(states(page).first()).toBeVisible();
  await expect(border(page, "Width of the canvas")).toHaveAttribute("aria-valuenow", "54");
  expect(problems).toEqual([]);
});

test("panes fold in the order that the window asks for", async ({ page }) => {
  await page.setViewportSize({ width: 1280, height: 800 });
  await open(page);
  await expect(states(page).first()).toBeVisible();
  await expect(library(page).getByRole("tab")).toHaveCount(0);
  await expect(page.locator("#code")).toBeVisible();

  await page.setViewportSize({ width: 1100, height: 800 });
  await expect(page.locator("#code")).toBeHidden();
  await expect(inspector(page)).toBeVisible();
  await page.getByRole("button", { name: "Code", exact: true }).click();
  await expect(page.locator("#code")).toBeVisible();
  await expect(graph(page)).toBeHidden();
  await page.getByRole("button", { name: "Canvas", exact: true }).click();

  await page.setViewportSize({ width: 900, height: 800 });
  await expect(inspector(page)).toBeHidden();
  const canvas = await width(graph(page));
  await unfold(page, "inspector").click();
  await expect(inspector(page)).toBeVisible();
  expect(await width(graph(page)), "it lies over the canvas").toBe(canvas);
  await page.keyboard.press("Escape");
  await expect(inspector(page)).toBeHidden();
  await expect(graph(page)).toBeFocused();
});

test("without room for both, a run leaves the canvas and shows its events below", async ({ page }) => {
  await page.setViewportSize({ width: 1000, height: 800 });
  await open(page);
  await page.getByRole("button", { name: /^Run/ }).click();
  await expect(runStatus(page)).toContainText("Execution succeeded");
  await expect(graph(page)).toBeVisible();
  await expect(page.getByRole("region", { name: "Dock" }).getByRole("tab", { name: "Events" })).toHaveAttribute("aria-selected", "true");
  await expect(page.getByRole("listbox", { name: "Events" })).toBeVisible();
});

for (const [name, width, height] of [["a phone", 390, 844], ["a page at 400 %", 320, 256]]) {
  test(`on ${name} every place is reached, left, and never wider than the window`, async ({ page }) => {
    await page.setViewportSize({ width, height });
    await open(page);
    const go = (place) => places(page).getByRole("button", { name: place }).click();
    const shown = [
      ["Code", page.getByRole("textbox", { name: "Definition" })],
      ["Input", page.locator("#run-input")],
      ["Problems", page.locator("#problems")],
      ["Library", page.getByRole("tab", { name: "Examples" })],
      ["Events", page.locator("#events")],
    ];
    for (const [place, locator] of shown) {
      await go(place);
      await expect(locator).toBeVisible();
      await expect(places(page).getByRole("button", { name: place })).toHaveAttribute("aria-pressed", "true");
      expect(await overflow(page), place).toBe(0);
    }
    await go("Canvas");
    await expect(page.locator("#events")).toBeHidden();
    await expect(graph(page)).toBeVisible();

    await graph(page).focus();
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(inspector(page)).toBeVisible();
    expect(await overflow(page)).toBe(0);
    await fold(page, "inspector").click();
    await expect(inspector(page)).toBeHidden();
    await go("Problems");
    await fold(page, "dock").click();
    await expect(page.locator("#problems")).toBeHidden();
    await go("Library");
    await page.keyboard.press("Escape");
    await expect(page.getByRole("tab", { name: "Examples" })).toBeHidden();
    await page.getByRole("button", { name: "Commands" }).click();
    await expect(page.getByRole("dialog", { name: "Commands" })).toBeVisible();
    expect(await overflow(page)).toBe(0);
  });
}

test("on a phone a sheet is dragged and remembered, moves by keys, and is put away at the edge", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page);
  const go = (place) => places(page).getByRole("button", { name: place }).click();
  const handle = border(page, "Height of the sheet");
  const value = async () => Number(await handle.getAttribute("aria-valuenow"));
  const height = async (locator) => (await locator.boundingBox()).height;
  await expect(handle).toBeHidden();
  await go("Problems");
  await expect.poll(value).toBe(54);
  const before = await height(page.locator(".dock"));
  await drag(page, handle, 0, -100);
  await expect.poll(() => height(page.locator(".dock"))).toBeGreaterThan(before + 90);
  const dragged = await value();
  await go("Library");
  expect(await value()).toBe(dragged);

  await page.reload();
  await go("Problems");
  await expect.poll(value).toBe(dragged);
  await handle.focus();
  await page.keyboard.press("ArrowDown");
  await expect.poll(value).toBe(dragged - 5);
  await page.keyboard.press("Enter");
  await expect.poll(value).toBe(54);
  expect(await overflow(page)).toBe(0);
  await drag(page, handle, 0, 500);
  await expect(page.locator("#problems")).toBeHidden();
  await expect(handle).toBeHidden();
  await expect(graph(page)).toBeVisible();
});

test("on a phone a state that is chosen is not hidden by the sheet that tells of it", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page);
  await graph(page).focus();
  await page.keyboard.press("0");
  await page.keyboard.press("1");
  await state(page, "OrderShipped").click();
  await expect(inspector(page).getByRole("heading", { name: "OrderShipped" })).toBeVisible();
  const below = async () => {
    const [chosen, canvas] = [await state(page, "OrderShipped").boundingBox(), await graph(page).boundingBox()];
    return chosen.y + chosen.height - canvas.y - canvas.height;
  };
  await expect.poll(below).toBeLessThanOrEqual(0);
});

test("on a phone, what a finger hits is large enough", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page);
  await page.getByRole("button", { name: /^Run/ }).click();
  await expect(runStatus(page)).toContainText("Execution succeeded");
  const small = () =>
    page.evaluate(() =>
      [...document.querySelectorAll("button, [role=tab], [role=option], input, summary")]
        .filter((element) => element.checkVisibility() && !element.closest("svg, .cm-editor, label"))
        .map((element) => [element.getAttribute("aria-label") ?? element.textContent.trim().slice(0, 30), Math.round(element.getBoundingClientRect().width), Math.round(element.getBoundingClientRect().height)])
        .filter(([, width, height]) => (width > 0 || height > 0) && Math.min(width, height) < 36),
    );
  for (const place of ["Canvas", "Code", "Input", "Events", "Problems", "Library"]) {
    await places(page).getByRole("button", { name: place }).click();
    expect(await small(), place).toEqual([]);
  }
});

test("with reduced motion nothing moves by itself", async ({ page }) => {
  await page.emulateMedia({ reducedMotion: "reduce" });
  await open(page);
  await define(page, ASK);
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(runStatus(page)).toContainText("Waiting");
  await state(page, "Read order").click();
  await page.keyboard.press("F1");
  await expect(page.getByRole("dialog", { name: "Commands" })).toBeVisible();
  const moving = await page.evaluate(() => {
    const seconds = (list) => list.split(",").map((time) => parseFloat(time));
    const found = [];
    for (const element of document.querySelectorAll("*")) {
      for (const part of [null, "::before", "::after", "::backdrop"]) {
        const style = getComputedStyle(element, part);
        const times = [...seconds(style.transitionDuration), ...seconds(style.animationDuration), ...seconds(style.transitionDelay)];
        if (times.some((time) => time > 0)) found.push(`${element.tagName} ${element.getAttribute("class")} ${part}`);
      }
    }
    return found;
  });
  expect(moving).toEqual([]);
  expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
});

test("with the colours of the system everything is still told apart", async ({ page }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await open(page);
  await state(page, "RouteOrder").click();
  const told = await page.evaluate(() => {
    const style = (selector) => getComputedStyle(document.querySelector(selector));
    return {
      tabs: style('.tabs [aria-selected="true"]').backgroundColor !== style('.side .tabs [aria-selected="false"]').backgroundColor,
      view: style('.segments [aria-pressed="true"]').backgroundColor !== style('.segments [aria-pressed="false"]').backgroundColor,
      ring: style(".node.is-selected .ring").stroke !== style(".graph .edge").stroke,
      box: style(".node .box").stroke !== style(".node .box").fill,
    };
  });
  expect(told).toEqual({ tabs: true, view: true, ring: true, box: true });
  await expectAccessible(page);
});
