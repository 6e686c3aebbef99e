// Measures the canvas on a large definition, in Chromium, on the site in `dist`.
//
//   node scripts/bench-canvas.mjs [number of states]…
//
// The definition is pasted into the code; then the graph is panned and zoomed by wheel
// events at three scales. Of each frame in which something happened it adds up the time in
// script (handlers, reactive updates, mounting; layout that script forces included) and the
// browser's own work on style, layout and paint. Times depend on the machine, and on what
// else it does; counts do not.
import { existsSync } from "node:fs";

import { chromium } from "playwright-core";

import { largeDefinition } from "./large.mjs";
import { serve } from "./site.mjs";

const CHROMIUM = "/usr/bin/chromium";
const SCRIPT = new Set(["EventDispatch", "FunctionCall", "FireAnimationFrame", "RunMicrotasks", "TimerFire", "EvaluateScript"]);
const RENDER = new Set(["UpdateLayoutTree", "Layout", "PrePaint", "Paint", "Layerize", "Commit"]);

const sizes = process.argv.slice(2).map(Number);
const site = await serve();
const browser = await chromium.launch({
  executablePath: existsSync(CHROMIUM) ? CHROMIUM : undefined,
  args: ["--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage", "--disable-background-networking"],
});
try {
  for (const size of sizes.length > 0 ? sizes : [1000, 3000]) await bench(size);
} finally {
  await browser.close();
  await site.close();
}

async function bench(size) {
  const page = await browser.newPage({ viewport: { width: 1440, height: 900 } });
  await page.addInitScript(() => {
    addEventListener("TrunkApplicationStarted", () => (globalThis.started = true));
    globalThis.longTasks = [];
    new PerformanceObserver((list) => longTasks.push(...list.getEntries().map(({ duration }) => duration))).observe({ type: "longtask" });
  });
  await page.goto(site.url);
  await page.waitForFunction(() => globalThis.started);
  await page.getByRole("button", { name: "Split" }).click();
  const client = await page.context().newCDPSession(page);

  console.log(`\n${size} states`);
  await open(page, JSON.stringify(largeDefinition(size), null, 2), size);
  // The canvas alone, as large as it gets.
  await page.getByRole("button", { name: "Canvas", exact: true }).click();
  const graph = page.getByRole("listbox", { name: /States of the graph/ });
  const { x, y, width, height } = await graph.boundingBox();
  const middle = { x: x + width / 2, y: y + height / 2 };
  console.log(`canvas ${width} × ${height} px`);

  const header = ["", "nodes", "labels", "frames", "script ms: median", "p95", "max", "render ms: median", "p95", "interval ms: median", "p95", "max"];
  const rows = [header];
  for (const [name, keys] of [["195 %", "10+++"], ["100 %", "10"], ["fit", "1"]]) {
    await graph.focus();
    for (const key of keys) await page.keyboard.press(key);
    await settled(page);
    const { nodes, labels } = await mounted(page);
    for (const [gesture, act] of [["pan", pan], ["zoom", zoom]]) {
      const measured = await trace(page, client, () => act(client, middle));
      rows.push([`${name}, ${gesture}`, nodes, labels, ...measured]);
    }
  }
  table(rows);
  await page.close();
}

/** Pastes a text over the code and waits until its graph stands. */
async function open(page, text, size) {
  const editor = page.getByRole("textbox", { name: "Definition" });
  await editor.click();
  await page.keyboard.press("ControlOrMeta+a");
  await page.evaluate(() => (longTasks.length = 0));
  const took = await page.evaluate(
    ([text, size]) =>
      new Promise((resolve) => {
        const start = performance.now();
        const data = new DataTransfer();
        data.setData("text/plain", text);
        const event = new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true });
        document.activeElement.dispatchEvent(event);
        const handled = performance.now() - start;
        const look = () => {
          const option = document.querySelector("#canvas [role=option]");
          const isThere = Number(option?.getAttribute("aria-setsize")) >= size;
          if (isThere) return resolve({ handled, drawn: performance.now() - start });
          requestAnimationFrame(look);
        };
        look();
      }),
    [text, size],
  );
  await settled(page);
  const tasks = await page.evaluate(() => longTasks.map((task) => Math.round(task)));
  console.log(`opened: ${Math.round(took.handled)} ms for the text and what follows from it, first states drawn after ${Math.round(took.drawn)} ms`);
  console.log(`tasks over 50 ms: ${tasks.join(", ") || "none"}`);
}

/** Waits until nothing is mounted any more. */
async function settled(page) {
  let before;
  for (let same = 0; same < 4; ) {
    await page.waitForTimeout(150);
    const now = JSON.stringify(await mounted(page));
    same = now === before ? same + 1 : 0;
    before = now;
  }
}

function mounted(page) {
  return page.evaluate(() => ({
    nodes: document.querySelectorAll("#canvas [role=option]").length,
    labels: document.querySelectorAll("#canvas .edge-label").length,
  }));
}

async function pan(client, at) {
  for (let step = 0; step < 160; step += 1) {
    const [deltaX, deltaY] = step % 80 < 40 ? [0, step < 80 ? 40 : -40] : [step < 80 ? 40 : -40, 0];
    await wheel(client, { ...at, deltaX, deltaY });
  }
}

async function zoom(client, at) {
  for (let step = 0; step < 80; step += 1) {
    await wheel(client, { ...at, deltaX: 0, deltaY: step % 40 < 20 ? 25 : -25, modifiers: 2 });
  }
}

async function wheel(client, event) {
  const next = new Promise((resolve) => setTimeout(resolve, 16));
  await client.send("Input.dispatchMouseEvent", { type: "mouseWheel", ...event });
  await next;
}

/** Lets `act` happen; the times of its frames. */
async function trace(page, client, act) {
  const events = [];
  const collect = ({ value }) => events.push(...value);
  client.on("Tracing.dataCollected", collect);
  await client.send("Tracing.start", {
    transferMode: "ReportEvents",
    traceConfig: { includedCategories: ["devtools.timeline", "disabled-by-default-devtools.timeline"] },
  });
  await page.evaluate(() => {
    globalThis.stamps = [];
    const stamp = (time) => {
      stamps.push(time);
      globalThis.stamping = requestAnimationFrame(stamp);
    };
    requestAnimationFrame(stamp);
  });
  await act();
  const intervals = await page.evaluate(() => {
    cancelAnimationFrame(stamping);
    return stamps.slice(1).map((time, index) => time - stamps[index]);
  });
  const done = new Promise((resolve) => client.once("Tracing.tracingComplete", resolve));
  await client.send("Tracing.end");
  await done;
  client.off("Tracing.dataCollected", collect);

  const main = mainThread(events);
  const frames = main.filter(({ name }) => name === "Commit").map(({ ts }) => ts);
  const script = perFrame(frames, main.filter(({ name }) => SCRIPT.has(name)));
  const render = perFrame(frames, main.filter(({ name }) => RENDER.has(name)));
  const busy = frames.map((_, index) => index).filter((index) => script[index] > 0.1);
  const of = (times) => busy.map((index) => times[index]);
  return [
    busy.length,
    ...[0.5, 0.95, 1].map((part) => quantile(of(script), part)),
    ...[0.5, 0.95].map((part) => quantile(of(render), part)),
    ...[0.5, 0.95, 1].map((part) => quantile(intervals, part)),
  ];
}

/** The events of the thread that handles the wheel, in order. */
function mainThread(events) {
  const wheels = events.filter(({ name, args }) => name === "EventDispatch" && args.data?.type === "wheel");
  const { pid, tid } = wheels[0];
  return events.filter((event) => event.pid === pid && event.tid === tid).sort((a, b) => a.ts - b.ts);
}

/** CPU ms in `events` up to each frame, from the one before; what is within another counts once. */
function perFrame(frames, events) {
  const sums = frames.map(() => 0);
  let end = 0;
  let frame = 0;
  for (const { ts, dur = 0, tdur = dur } of events) {
    if (ts < end) continue;
    end = ts + dur;
    while (frame < frames.length && frames[frame] < ts) frame += 1;
    if (frame > 0 && frame < frames.length) sums[frame] += tdur / 1000;
  }
  return sums;
}

function quantile(values, part) {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * part))] ?? 0;
}

function table(rows) {
  const cells = rows.map((row) => row.map((cell) => (typeof cell === "number" && !Number.isInteger(cell) ? cell.toFixed(1) : String(cell))));
  const widths = cells[0].map((_, column) => Math.max(...cells.map((row) => row[column].length)));
  for (const row of cells) console.log(row.map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column]))).join("  "));
}
