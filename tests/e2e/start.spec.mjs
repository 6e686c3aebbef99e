// What is seen and loaded until the application has started, and what is said when it cannot.
import { readFileSync } from "node:fs";

import { parts, serve } from "../../scripts/site.mjs";
import { THEMES, expect, expectAccessibleInThemes, test } from "./fixtures.mjs";
import { editor, inspector, runStatus, saved, state, states } from "./workbench.mjs";

const WASM = /playground.*\.wasm/;
const LATER = /later-[0-9a-f]+\.wasm/;
const screen = (page) => page.getByRole("alertdialog");

/** Lets the application wait for its largest part; the function that is returned lets it go on. */
async function hold(page) {
  let release;
  const released = new Promise((resolve) => (release = resolve));
  await page.route(WASM, async (route) => {
    await released;
    await route.continue();
  });
  return release;
}

const box = (page, selector) => page.locator(selector).boundingBox();

test("the frame is seen before the application, in every theme, and nothing moves when it starts", async ({ page }) => {
  await page.addInitScript(() => {
    localStorage.setItem("statelab.layout", JSON.stringify({ centre: "split", left: 240, dock: 180, inspector: 300, split: 60 }));
    globalThis.moved = 0;
    new PerformanceObserver((list) => {
      for (const entry of list.getEntries()) globalThis.moved += entry.value;
    }).observe({ type: "layout-shift", buffered: true });
  });
  const release = await hold(page);
  await page.goto(process.env.STATELAB_URL, { waitUntil: "commit" });
  await expect(page.locator(".skeleton")).toBeVisible();
  await expect(page.getByRole("status")).toHaveText("Statelab is starting…");
  await expectAccessibleInThemes(page);
  const parts = { top: "top", left: "left-pane", canvas: "stage", code: "side", dock: "dock", right: "inspector" };
  const before = {};
  for (const part of Object.keys(parts)) before[part] = await box(page, `.skeleton-${part}`);
  const grounds = (selector) =>
    page.locator(selector).evaluate((element, themes) => {
      const { dataset } = document.documentElement;
      const colours = themes.map((theme) => ((dataset.theme = theme), getComputedStyle(element).backgroundColor));
      delete dataset.theme;
      return colours;
    }, THEMES);
  const colours = await grounds(".skeleton-top");
  release();
  await expect(states(page).first()).toBeVisible();
  await expect(page.locator(".skeleton")).toHaveCount(0);
  await expect(page.locator(".app[data-complete]")).toBeVisible();
  expect(await grounds(".app > .top")).toEqual(colours);
  for (const [part, name] of Object.entries(parts)) {
    const after = await box(page, part === "top" ? ".app > .top" : `.workbench .${name}`);
    for (const side of ["x", "y", "width", "height"]) {
      expect(Math.abs(after[side] - before[part][side]), `${side} of ${part}`).toBeLessThanOrEqual(1.5);
    }
  }
  expect(await page.evaluate(() => globalThis.moved)).toBeLessThan(0.01);
});

for (const [name, message, prevent] of [
  ["WebAssembly", "WebAssembly", () => delete globalThis.WebAssembly],
  ["web workers", "web workers", () => delete globalThis.Worker],
]) {
  test(`a browser without ${name} is told so`, async ({ page }) => {
    await page.addInitScript(prevent);
    await page.goto(process.env.STATELAB_URL);
    await expect(screen(page)).toContainText(message);
    await expect(page.locator(".skeleton")).toHaveCount(0);
  });
}

test("a page that may not run WebAssembly says so", async ({ page }) => {
  await page.route(process.env.STATELAB_URL, async (route) => {
    const response = await route.fetch();
    const body = (await response.text()).replace("'wasm-unsafe-eval'", "");
    await route.fulfill({ response, body });
  });
  await page.goto(process.env.STATELAB_URL);
  await expect(screen(page)).toContainText("may not run WebAssembly");
});

for (const [part, address] of [["program", WASM], ["start script", /start-.*\.js/], ["editor", /editor-[0-9a-f]+\.js/]]) {
  test(`a failed download of the ${part} is said, and Retry starts the page`, async ({ page }) => {
    await page.route(address, (route) => route.abort());
    await page.goto(process.env.STATELAB_URL);
    await expect(screen(page)).toContainText("could not be loaded");
    await page.unroute(address);
    const retry = screen(page).getByRole("button", { name: "Retry" });
    await expect(retry).toBeFocused();
    await retry.click();
    await expect(states(page).first()).toBeVisible();
    await expect(screen(page)).toHaveCount(0);
  });
}

test("a host that names the type of WebAssembly wrongly only costs time", async ({ page }) => {
  await page.route(WASM, async (route) => {
    const response = await route.fetch();
    await route.fulfill({ response, headers: { ...response.headers(), "content-type": "application/octet-stream" } });
  });
  await page.goto(process.env.STATELAB_URL);
  await expect(states(page).first()).toBeVisible();
});

/** Bytes that may cross the network until editor and canvas take input. */
const json = (name) => JSON.parse(readFileSync(new URL(`../site/${name}`, import.meta.url), "utf8"));
const BUDGET = json("budget.json").page + (json("known-gaps.json").network?.bytes ?? 0);

test("until editor and canvas take input, little is loaded, each file once, and the rest on first need", async ({ page }) => {
  test.skip(parts().some((part) => part.raw > 4e6), "the site was built for debugging; `trunk build --release` builds it small");
  const client = await page.context().newCDPSession(page);
  await client.send("Network.enable");
  const files = new Map();
  client.on("Network.requestWillBeSent", ({ requestId, request }) => {
    if (request.url.startsWith("http")) files.set(requestId, { url: request.url, bytes: 0 });
  });
  client.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
    const file = files.get(requestId);
    if (file) file.bytes = encodedDataLength;
  });
  const plain = (url) => url.replace(/^.*\//, "").replace(/-[0-9a-f]{12,}/, "").replace(/\?.*/, "");
  const names = () => [...files.values()].map(({ url }) => plain(url));

  // The moment from which both take input.
  await page.addInitScript(() => {
    const observer = new MutationObserver(() => {
      if (!document.querySelector('.graph [role="option"]') || !document.querySelector(".cm-content[contenteditable=true]")) return;
      globalThis.readyAt = performance.now();
      observer.disconnect();
    });
    observer.observe(document, { childList: true, subtree: true, attributes: true });
  });
  const site = await serve({ prefix: "/statelab/", packing: "best" });
  await page.goto(site.url);
  await page.waitForFunction(() => globalThis.readyAt && document.querySelector(".cm-editor[data-complete]"));
  // A file stands there when all of it has come.
  const cameLater = () =>
    page.evaluate(() =>
      performance
        .getEntriesByType("resource")
        .filter(({ startTime }) => startTime > globalThis.readyAt)
        .map(({ name }) => name),
    );
  const expected = ["later.wasm", "editor-more.js", "editor-help.js", "examples.json", "assistant_loader.js"];
  await expect.poll(async () => (await cameLater()).map(plain)).toEqual(expect.arrayContaining(expected));
  const later = await cameLater();
  const loaded = [...files.values()].filter(({ url }) => !later.includes(url));
  const bytes = loaded.reduce((sum, file) => sum + file.bytes, 0);
  console.log(`${bytes} bytes until editor and canvas take input`);
  expect(bytes, JSON.stringify(loaded, null, 1)).toBeLessThanOrEqual(BUDGET);
  expect(names().sort()).toEqual([...new Set(names())].sort());
  expect(names().filter((name) => name.startsWith("worker"))).toEqual([]);

  await editor(page).click();
  await states(page).first().click();
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect.poll(names).toContain("worker_loader.js");
  await site.close();
});

test("until the second file is here editor and canvas work, and what was asked for is done then", async ({ page }) => {
  let release;
  const released = new Promise((resolve) => (release = resolve));
  await page.route(LATER, async (route) => {
    await released;
    await route.continue();
  });
  await page.goto(process.env.STATELAB_URL);
  await expect(states(page)).toHaveCount(13);
  await editor(page).click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.insertText('{"StartAt": "A", "States": {"A": {"Type": "Pass", "Next": "B"}, "B": {"Type": "Succeed"}}}');
  await expect(states(page)).toHaveCount(2);
  await state(page, "B").click();
  await expect(state(page, "B")).toHaveAttribute("aria-selected", "true");
  await page.getByRole("button", { name: "Zoom in" }).click();
  await page.getByRole("button", { name: /^Run/ }).click();
  release();
  await expect(runStatus(page)).toHaveText("Execution succeeded after 6 events");
  await expect(inspector(page).getByRole("heading", { name: "B" })).toBeVisible();
  await expect(page.locator(".zoom .percent")).not.toHaveText("100%");
  await page.reload();
  await expect(states(page)).toHaveCount(2);
});

test("a second file that does not come is said, and asked for again", async ({ page }) => {
  await page.route(LATER, (route) => route.abort());
  await page.goto(process.env.STATELAB_URL);
  const said = page.locator("#keeping");
  await expect(said).toContainText("Only editor and canvas have come.");
  await expectAccessibleInThemes(page);
  await editor(page).click();
  await page.keyboard.press("ControlOrMeta+End");
  await page.keyboard.type(" ");
  await page.unroute(LATER);
  await said.getByRole("button", { name: "Try again" }).click();
  await expect(said).toBeEmpty();
  await expect(page.locator(".app[data-complete]")).toBeVisible();
  await expect(saved(page)).toHaveText("Saved on this device");
});

test("keys of what comes later wait for it", async ({ page }) => {
  let release;
  const released = new Promise((resolve) => (release = resolve));
  await page.route(/editor-more.*\.js/, async (route) => {
    await released;
    await route.continue();
  });
  await page.goto(process.env.STATELAB_URL);
  await expect(states(page).first()).toBeVisible();
  await editor(page).click();
  await page.keyboard.press("ControlOrMeta+Home");
  await page.keyboard.press("ControlOrMeta+f");
  await page.keyboard.press("Tab");
  await expect(editor(page)).toBeFocused();
  release();
  await expect(page.locator(".cm-search")).toBeVisible();
});
