// Runs: stopping, going on, running again, and why one does not start.
import { expect, open, test } from "./fixtures.mjs";
import { ASK, ENDLESS, define, events, pendingTask, prepare, problems, runStatus, state, statusBar } from "./workbench.mjs";

/** What is said where a run does not start. */
const fault = (page) => page.getByRole("alert");

async function run(page) {
  await page.keyboard.press("ControlOrMeta+Enter");
}

test("an endless run can be watched and stopped, and keeps its history", async ({ page }) => {
  await open(page);
  await define(page, ENDLESS);
  await prepare(page, { input: "{}", mocks: "" });
  // Stop is pressed by the page itself in the first frame that shows events: a test that
  // looks from outside could come after the end, which the limit of 25,000 events brings.
  const frames = await page.evaluate(
    () =>
      new Promise((resolve) => {
        let frames = 0;
        const watch = () => {
          frames += 1;
          const status = document.querySelector("#run-status").textContent;
          if (/^Running, [1-9]/.test(status)) document.querySelector("#stop").click();
          if (status.startsWith("Execution")) resolve(frames);
          else requestAnimationFrame(watch);
        };
        document.querySelector("#run").click();
        requestAnimationFrame(watch);
      }),
  );
  expect(frames).toBeGreaterThan(2);
  await expect(runStatus(page)).toHaveText(/^Execution aborted after \d+ events$/);
  const count = Number((await runStatus(page).textContent()).match(/\d+/)[0]);
  expect(count).toBeGreaterThan(100);
  expect(count).toBeLessThan(25_000);
  await events(page).focus();
  await page.keyboard.press("End");
  await expect(page.getByRole("region", { name: "Chosen event" })).toContainText("ExecutionAborted");

  await define(page, ENDLESS.replace('"Default": "A"', '"Default": "Done"'));
  await run(page);
  await expect(runStatus(page)).toHaveText("Execution succeeded after 10 events");
});

test("an endless run comes to the service's limit, and the page draws frames all the while", async ({ page }) => {
  await open(page);
  await define(page, ENDLESS);
  await prepare(page, { input: "{}", mocks: "" });
  const frames = await page.evaluate(
    () =>
      new Promise((resolve) => {
        const seen = new Set();
        const watch = () => {
          const status = document.querySelector("#run-status").textContent;
          seen.add(status);
          if (status.startsWith("Execution")) resolve(seen.size);
          else requestAnimationFrame(watch);
        };
        document.querySelector("#run").click();
        requestAnimationFrame(watch);
      }),
  );
  expect(frames).toBeGreaterThan(4);
  await expect(runStatus(page)).toHaveText("Execution failed after 25000 events");
});

test("a pending run can be stopped, and its task be answered with a failure or a time out", async ({ page }) => {
  await open(page);
  await define(page, ASK);
  await prepare(page, { input: "{}", mocks: "" });
  await run(page);
  await expect(pendingTask(page)).toContainText("Read order waits for its result");
  await page.getByRole("button", { name: "Stop", exact: true }).click();
  await expect(runStatus(page)).toContainText("Execution aborted");
  await expect(pendingTask(page)).toHaveCount(0);
  await expect(state(page, "Read order")).toHaveAttribute("aria-label", /aborted$/);

  await run(page);
  await pendingTask(page).getByLabel("Error").fill("Custom.Error");
  await pendingTask(page).getByLabel("Cause").fill("because");
  await pendingTask(page).getByRole("button", { name: "Fail with this error" }).click();
  await expect(page.getByRole("region", { name: "Outcome" })).toContainText("Custom.Error");

  await run(page);
  await pendingTask(page).getByRole("button", { name: "Time out" }).click();
  await expect(page.getByRole("region", { name: "Outcome" })).toContainText("States.Timeout");
});

test("a result that is no JSON is not sent", async ({ page }) => {
  await open(page);
  await define(page, ASK);
  await prepare(page, { input: "{}", mocks: "" });
  await run(page);
  await pendingTask(page).getByLabel("Result").fill('{"paid": ');
  await expect(pendingTask(page).getByRole("button", { name: "Succeed with this result" })).toHaveAttribute("aria-disabled", "true");
  await expect(pendingTask(page)).toContainText(/line 1, column \d+/);
  await pendingTask(page).getByLabel("Result").fill('{"paid": false}');
  await pendingTask(page).getByRole("button", { name: "Succeed with this result" }).click();
  await expect(page.getByRole("region", { name: "Outcome" })).toContainText("NotPaid");
});

const PASS = { StartAt: "P", States: { P: { Type: "Pass", End: true } } };

for (const [what, { definition = PASS, input = "{}", mocks = "" }, why] of [
  ["an input that is no JSON", { input: '{"a": 1,, }' }, /The input is not JSON: .*line 1, column 9/],
  ["mocks that are no mocks", { mocks: '{"StateMachines": 5}' }, /The mocks cannot be read: .*line 1, column \d+/],
  ["mocks that are no JSON", { mocks: "{" }, /The mocks cannot be read: .*line 1/],
  ["a definition with an error", { definition: { StartAt: "Q", States: PASS.States } }, /^Line 2: No state is named Q/],
]) {
  test(`a run with ${what} says so`, async ({ page }) => {
    await open(page);
    await define(page, definition);
    await prepare(page, { input, mocks });
    await run(page);
    await expect(fault(page)).toHaveText(why);
    await expect(page.getByRole("button", { name: /^Run/ })).toBeVisible();
    await define(page, PASS);
    await prepare(page, { input: "{}", mocks: "" });
    await run(page);
    await expect(runStatus(page)).toHaveText("Execution succeeded after 4 events");
    await expect(fault(page)).toHaveCount(0);
    await expect(problems(page)).toHaveCount(0);
    await expect(statusBar(page)).toContainText("No errors");
  });
}

for (const [what, definition, input, status] of [
  ["JSONata", { QueryLanguage: "JSONata", ...PASS }, "{}", "Execution succeeded after 4 events"],
  [
    "a distributed Map",
    {
      StartAt: "M",
      States: { M: { Type: "Map", ItemProcessor: { ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" }, ...PASS }, End: true } },
    },
    "[1, 2]",
    "Execution succeeded after 8 events",
  ],
]) {
  test(`${what} runs`, async ({ page }) => {
    await open(page);
    await define(page, definition);
    await prepare(page, { input, mocks: "" });
    await run(page);
    await expect(runStatus(page)).toHaveText(status);
    await expect(fault(page)).toHaveCount(0);
  });
}

test("a worker that cannot be loaded is said, and the page stays", async ({ page }) => {
  await page.route(/\/worker[^/]*\.(js|wasm)$/, (route) => route.abort());
  await open(page);
  await define(page, PASS);
  await prepare(page, { input: "{}", mocks: "" });
  await run(page);
  await expect(fault(page)).toContainText("The simulator stopped working");
  await page.unroute(/\/worker[^/]*\.(js|wasm)$/);
  await run(page);
  await expect(runStatus(page)).toHaveText("Execution succeeded after 4 events");
});

test("a worker whose WebAssembly cannot be loaded is said, and the page stays", async ({ page }) => {
  await page.route(/\/worker[^/]*\.wasm$/, (route) => route.abort());
  await open(page);
  await define(page, PASS);
  await prepare(page, { input: "{}", mocks: "" });
  await run(page);
  await expect(fault(page)).toContainText("The simulator stopped working");
});
