// Measures the built page in Chromium, beside an empty page in the same run:
//
// * from a cold cache until editor and canvas take input, the median of 20 starts;
// * from a key in the editor to the redrawn page, in a definition of 33 states with
//   containers, for keys that change only what a field says and for keys that change the
//   graph: median and 95th percentile of 50 each. A frame comes every 16 ms, so a key waits
//   for the next one whatever it does; what it does is the time the page is busy.
//
// `make bench-page` builds the site and runs this. The figures are those of a machine and an
// hour; what counts is how they stand to those of the empty page.
import { existsSync } from "node:fs";

import { chromium } from "playwright-core";

import { serve } from "./site.mjs";

const STARTS = 20;
const KEYS = 50;
const AIM = { start: 1500, key: 16 };

const EMPTY = "<!doctype html><title>Empty</title><textarea autofocus></textarea>";

const site = await serve({ packing: "best" });
const executablePath = ["/usr/bin/chromium", "/usr/bin/google-chrome"].find((path) => existsSync(path));
const browser = await chromium.launch({ executablePath, args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"] });
try {
  await starts();
  await keys();
} finally {
  await browser.close();
  await site.close();
}

/** Every start has a browser context, hence a cache, of its own. */
async function starts() {
  const ours = [];
  const empty = [];
  for (let index = 0; index < STARTS; index += 1) {
    empty.push(await start("empty", (document) => document.querySelector("textarea")));
    ours.push(await start("", (document) => document.querySelector('.graph [role="option"]') && document.querySelector(".cm-content[contenteditable=true]")));
  }
  report("from nothing to input", ours, empty, AIM.start);
}

async function start(path, isReady) {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const page = await context.newPage();
  if (path) await page.route("**/empty", (route) => route.fulfill({ contentType: "text/html", body: EMPTY }));
  await page.goto(site.url + path, { waitUntil: "commit" });
  const millis = await page.evaluate(
    (isReady) =>
      new Promise((resolve) => {
        const ready = new Function(`return (${isReady})(document)`);
        const look = () => (ready() ? requestAnimationFrame(() => resolve(performance.now())) : setTimeout(look, 4));
        look();
      }),
    String(isReady),
  );
  await context.close();
  return millis;
}

async function keys() {
  const context = await browser.newContext({ viewport: { width: 1440, height: 900 } });
  const empty = await context.newPage();
  await empty.setContent(EMPTY);
  await empty.locator("textarea").focus();
  const nothing = await typed(empty, Array(KEYS).fill("x"));

  const page = await context.newPage();
  await page.goto(site.url);
  await page.locator('.graph [role="option"]').first().waitFor();
  await page.locator(".cm-content").click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, definition());
  await page.waitForFunction((count) => document.querySelector('.graph [role="option"]')?.getAttribute("aria-setsize") === String(count), 33);
  await page.keyboard.press("ControlOrMeta+Home");

  // Inside a text of `Parameters`, which the graph does not show.
  await goto(page, '"Payload": "');
  reportKeys("key in a field", await typed(page, Array(KEYS).fill("x")), nothing);
  // In the name of the last state, which also ends the `Next` of another: a letter makes a
  // state unreachable and adds a ghost, a deletion takes both away again.
  await goto(page, '"Next": "Last');
  const letters = Array.from({ length: KEYS }, (_, index) => (index % 2 === 0 ? "x" : "Backspace"));
  reportKeys("key that changes the graph", await typed(page, letters), nothing);
  await context.close();
}

/** Puts the cursor behind the first place where `text` stands. */
async function goto(page, text) {
  await page.evaluate((text) => {
    const { state } = document.querySelector(".cm-content").cmTile?.view ?? document.querySelector(".cm-content").cmView.view;
    globalThis.at = state.doc.toString().indexOf(text) + text.length;
  }, text);
  await page.evaluate(() => {
    const content = document.querySelector(".cm-content");
    const view = content.cmTile?.view ?? content.cmView.view;
    view.dispatch({ selection: { anchor: globalThis.at }, scrollIntoView: true });
    view.focus();
  });
}

/** For each key the milliseconds until the frame that shows what it did, and those busy. */
async function typed(page, keys) {
  const client = await page.context().newCDPSession(page);
  await client.send("Performance.enable");
  const busySeconds = async () => {
    const { metrics } = await client.send("Performance.getMetrics");
    return metrics.find(({ name }) => name === "TaskDuration").value;
  };
  await page.evaluate(() => {
    globalThis.took = [];
    addEventListener(
      "keydown",
      () => {
        const pressed = performance.now();
        // A key is worked on in its own task and the microtasks after it, hence before the
        // next frame; the message comes after that frame was painted.
        requestAnimationFrame(() => {
          const { port1, port2 } = new MessageChannel();
          port1.onmessage = () => globalThis.took.push(performance.now() - pressed);
          port2.postMessage(0);
        });
      },
      { capture: true },
    );
  });
  const busy = [];
  for (const [count, key] of keys.entries()) {
    const before = await busySeconds();
    await page.keyboard.press(key);
    await page.waitForFunction((count) => globalThis.took.length > count, count);
    busy.push(((await busySeconds()) - before) * 1000);
  }
  return { shown: await page.evaluate(() => globalThis.took), busy };
}

/** 33 states: a chain with a Choice now and then, a Parallel of two branches, and a Map. */
function definition() {
  const task = (next) => ({
    Type: "Task",
    Resource: "arn:aws:states:::lambda:invoke",
    Parameters: { FunctionName: "work", Payload: "" },
    Retry: [{ ErrorEquals: ["States.ALL"], MaxAttempts: 2 }],
    ...(next ? { Next: next } : { End: true }),
  });
  const chain = (prefix, count) =>
    Object.fromEntries(Array.from({ length: count }, (_, index) => [`${prefix}${index}`, task(index + 1 < count ? `${prefix}${index + 1}` : null)]));
  const machine = (prefix, count) => ({ StartAt: `${prefix}0`, States: chain(prefix, count) });
  const states = {};
  for (let index = 0; index < 16; index += 1) {
    const next = index < 15 ? `Step ${index + 1}` : "Both";
    states[`Step ${index}`] =
      index % 5 === 4
        ? { Type: "Choice", Choices: [{ Variable: "$.again", BooleanEquals: true, Next: `Step ${index - 3}` }, { Variable: "$.skip", BooleanEquals: true, Next: "Each" }], Default: next }
        : task(next);
  }
  states.Both = { Type: "Parallel", Branches: [machine("Left ", 4), machine("Right ", 4)], Next: "Each" };
  states.Each = { Type: "Map", ItemProcessor: machine("Item ", 6), Catch: [{ ErrorEquals: ["States.ALL"], Next: "Last" }], Next: "Last" };
  states.Last = { Type: "Succeed" };
  return JSON.stringify({ StartAt: "Step 0", States: states }, null, 2);
}

function reportKeys(name, ours, empty) {
  report(`${name}, until it is drawn`, ours.shown, empty.shown, AIM.key);
  report(`${name}, busy`, ours.busy, empty.busy, AIM.key);
}

function report(name, ours, empty, aim) {
  const quantile = (values, part) => values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * part))];
  const figures = (values) => `median ${quantile(values, 0.5).toFixed(1)} ms, 95 % ${quantile(values, 0.95).toFixed(1)} ms`;
  console.log(`${name}: ${figures(ours)}; empty page ${figures(empty)}; aim ${aim} ms`);
}
