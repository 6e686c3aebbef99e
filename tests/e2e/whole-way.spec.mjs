// The whole way of somebody who brings a definition: see it, break and repair it, run it,
// answer, look into it, and find it again on the next visit.
import { existsSync, readFileSync } from "node:fs";

import { expect, open, test } from "./fixtures.mjs";
import {
  ASK,
  cursorAt,
  define,
  editor,
  events,
  graph,
  inspector,
  kept,
  pendingTask,
  prepare,
  problems,
  runStatus,
  state,
  states,
  statusBar,
  tab,
} from "./workbench.mjs";

/** A real definition, where the collection of them stands beside the project. */
const REAL = new URL("../../../shared/corpus/saga-pattern-cdk-statemachine.asl.json", import.meta.url);

test("a definition is pasted, broken, repaired, run, answered, read and found again", async ({ page, problems: said }) => {
  await open(page);
  await define(page, ASK);
  await expect(states(page)).toHaveCount(4);
  await expect(state(page, "Read order")).toBeVisible();
  await expect(problems(page)).toHaveCount(0);

  // A missing quote: the problem is told in the list, in the code and in the status bar.
  await cursorAt(page, '"Result": { "shipped": true }');
  await page.keyboard.press("Home");
  await page.keyboard.press("Delete");
  await expect(problems(page).first()).toContainText(/20:\d+$/);
  await expect(page.locator(".cm-lintRange-error").first()).toBeVisible();
  await expect(statusBar(page)).toContainText(/error/);
  await expect(states(page)).toHaveCount(4);
  await expect(state(page, "Is it paid?")).toBeVisible();

  await page.keyboard.press("ControlOrMeta+z");
  await expect(problems(page)).toHaveCount(0);
  await expect(statusBar(page)).toContainText("No errors");
  expect(await kept(page)).toBe(ASK);

  await prepare(page, { input: '{"id": 7}', mocks: "" });
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(runStatus(page)).toHaveText("Waiting for the result of Read order");
  await expect(state(page, "Read order")).toHaveAttribute("aria-label", /pending$/);
  await pendingTask(page).getByLabel("Result").fill('{"paid": true}');
  await pendingTask(page).getByRole("button", { name: "Succeed with this result" }).click();
  await expect(runStatus(page)).toContainText("Execution succeeded");
  await expect(pendingTask(page)).toHaveCount(0);
  await expect(page.getByRole("region", { name: "Outcome" })).toContainText('"shipped": true');
  for (const [name, status] of [["Read order", "succeeded"], ["Is it paid?", "succeeded"], ["Ship", "succeeded"], ["Refuse", "not reached"]]) {
    await expect(state(page, name)).toHaveAttribute("aria-label", new RegExp(`, ${status}$`));
  }

  await events(page).focus();
  await page.keyboard.press("Home");
  await expect(page.getByRole("region", { name: "Chosen event" })).toContainText('"id": 7');
  await page.keyboard.press("ArrowDown");
  await expect(page.getByRole("region", { name: "Chosen event" })).toContainText("TaskStateEntered");
  await expect(state(page, "Read order")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Escape");
  await expect(page.getByRole("region", { name: "Chosen event" })).toHaveCount(0);

  await state(page, "Read order").click();
  await expect(tab(page, "Data flow")).toHaveAttribute("aria-selected", "true");
  await expect(inspector(page).getByRole("region", { name: /^Input/ })).toContainText('"id": 7');
  await expect(inspector(page).getByRole("region", { name: /^Output/ })).toContainText('"paid": true');

  await page.reload();
  await expect(states(page)).toHaveCount(4);
  await expect(editor(page)).toContainText("Is it paid?");
  expect(await kept(page)).toBe(ASK);
  expect(said).toEqual([]);
});

test("a real definition is pasted, run with generated results, and read", async ({ page, problems: said }) => {
  test.skip(!existsSync(REAL), "the collection of real definitions is not beside the project");
  const text = readFileSync(REAL, "utf8");
  const names = Object.keys(JSON.parse(text).States);
  await open(page);
  await define(page, text);
  for (const name of names) await expect(state(page, name)).toHaveCount(1);
  await prepare(page, { input: "{}", mocks: "" });
  await page.getByRole("radio", { name: "gets this result" }).check();
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(runStatus(page)).toContainText(/Execution (succeeded|failed) after \d+ events/);
  await expect(state(page, JSON.parse(text).StartAt)).toHaveAttribute("aria-label", /, (succeeded|failed|caught|retried)/);
  await events(page).focus();
  await page.keyboard.press("End");
  await expect(page.getByRole("region", { name: "Chosen event" })).toContainText(/Execution(Succeeded|Failed)/);
  await graph(page).focus();
  await page.reload();
  expect(await kept(page)).toBe(text);
  expect(said).toEqual([]);
});
