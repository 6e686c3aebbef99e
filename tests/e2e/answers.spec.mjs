// Answers to pending tasks that are kept as mocks: the next run does not ask again.
import { expect, expectAccessible, open, test } from "./fixtures.mjs";
import { ASK, define, pendingTask, prepare, runStatus, tab } from "./workbench.mjs";

const run = (page) => page.keyboard.press("ControlOrMeta+Enter");
const mocks = (page) => page.locator("#run-mocks");
const notice = (page) => page.getByRole("status").filter({ hasText: "Kept the answer" }).filter({ visible: true });

/** Asks twice: the first attempt may fail. */
const ASK_TWICE = ASK.replace('"ResultPath": "$.order",', '"ResultPath": "$.order", "Retry": [{ "ErrorEquals": ["States.ALL"] }],');

async function succeed(page, result) {
  await pendingTask(page).getByLabel("Result").fill(result);
  await pendingTask(page).getByRole("button", { name: "Succeed with this result" }).click();
}

test("an answer is kept as it is given, seen in the mocks, undone there, and not asked for again", async ({ page }) => {
  await open(page);
  await define(page, ASK_TWICE);
  await prepare(page, { input: "{}", mocks: "" });
  await run(page);
  await pendingTask(page).getByLabel("Keep the answer as a mock").check();
  await pendingTask(page).getByRole("button", { name: "Time out" }).click();
  await expect(pendingTask(page)).toContainText("attempt 2");
  await expect(pendingTask(page).getByLabel("Keep the answer as a mock")).toBeChecked();
  await succeed(page, '{"paid": true}');
  await expect(runStatus(page)).toContainText("Execution succeeded");
  await expect(notice(page)).toContainText("Kept the answer of Read order in the test case Answers.");
  await expectAccessible(page);

  await notice(page).getByRole("button", { name: "Show mocks" }).click();
  const kept = JSON.parse(await mocks(page).inputValue());
  expect(Object.values(kept.StateMachines)[0].TestCases).toEqual({ Answers: { "Read order": "Read order" } });
  expect(kept.MockedResponses).toEqual({
    "Read order": {
      0: { Throw: { Error: "States.Timeout" }, Event: "TaskTimedOut" },
      1: { Return: { paid: true } },
    },
  });
  await run(page);
  await expect(runStatus(page)).toContainText("Execution succeeded");
  await expect(pendingTask(page)).toHaveCount(0);

  // One step back asks for the second attempt again, one more for both.
  await tab(page, "Input and mocks").click();
  await notice(page).getByRole("button", { name: "Undo" }).click();
  expect(Object.keys(JSON.parse(await mocks(page).inputValue()).MockedResponses["Read order"])).toEqual(["0"]);
  await notice(page).getByRole("button", { name: "Undo" }).click();
  await expect(mocks(page)).toHaveValue("");
  await expect(notice(page)).toHaveCount(0);
});

test("after a run all answers are kept at once, in the test case that was run", async ({ page }) => {
  await open(page);
  await define(page, ASK);
  const config = {
    StateMachines: { m: { TestCases: { Other: { "Read order": "Paid" }, Mine: {} } } },
    MockedResponses: { Paid: { 0: { Return: { paid: true } } } },
  };
  await prepare(page, { input: "{}", mocks: JSON.stringify(config) });
  await page.locator("#test-case").selectOption("Mine");
  await run(page);
  await succeed(page, '{"paid": false}');
  await expect(runStatus(page)).toContainText("Execution failed");
  await page.getByRole("button", { name: "Keep all answers as mocks" }).click();
  await expect(page.getByRole("button", { name: "Keep all answers as mocks" })).toHaveCount(0);
  await expect(notice(page)).toContainText("in the test case Mine");

  await run(page);
  await expect(runStatus(page)).toContainText("Execution failed");
  await tab(page, "Input and mocks").click();
  const kept = JSON.parse(await mocks(page).inputValue());
  expect(kept.StateMachines.m.TestCases).toEqual({ Other: { "Read order": "Paid" }, Mine: { "Read order": "Read order" } });
  expect(kept.MockedResponses.Paid).toEqual({ 0: { Return: { paid: true } } });

  // What is written by hand afterwards is nobody's to take back.
  await mocks(page).fill("{}");
  await expect(notice(page)).toHaveCount(0);
});
