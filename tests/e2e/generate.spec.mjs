// Mocks made by one click, so that any definition runs to an end.
import { expect, expectAccessible, open, test } from "./fixtures.mjs";
import { ASK, define, pendingTask, prepare, runStatus, tab } from "./workbench.mjs";

const run = (page) => page.keyboard.press("ControlOrMeta+Enter");
const input = (page) => page.locator("#run-input");
const mocks = (page) => page.locator("#run-mocks");
const generate = (page) => page.getByRole("button", { name: "Generate mocks" });
const notice = (page) => page.getByRole("status").filter({ hasText: /^Made / }).filter({ visible: true });

const MINE = {
  StateMachines: { m: { TestCases: { Mine: { "Read order": "Unpaid" } } } },
  MockedResponses: { Unpaid: { 0: { Return: { paid: false } } } },
};

test("mocks are made, seen, run and taken back", async ({ page, problems }) => {
  await open(page);
  await define(page, ASK);
  await prepare(page, { input: "{}", mocks: "" });
  await generate(page).click();
  await expect(notice(page)).toContainText("a result for every Task, in the test case Generated");
  const made = JSON.parse(await mocks(page).inputValue());
  expect(Object.values(made.StateMachines)[0].TestCases.Generated).toHaveProperty("Read order");
  await expectAccessible(page);
  await run(page);
  await expect(runStatus(page)).toContainText("Execution succeeded");

  await tab(page, "Input and mocks").click();
  await notice(page).getByRole("button", { name: "Undo" }).click();
  await expect(mocks(page)).toHaveValue("");
  await expect(input(page)).toHaveValue("{}");
  await expect(notice(page)).toHaveCount(0);
  expect(problems).toEqual([]);
});

test("a waiting run goes to its end with generated results, beside the mocks that are there", async ({ page }) => {
  await open(page);
  await define(page, ASK.replace('"Next": "Is it paid?"', '"Next": "Ask again"').replace('"Is it paid?": {', `"Ask again": {
      "Type": "Task", "Resource": "arn:aws:lambda:us-east-1:123456789012:function:f", "ResultPath": "$.again", "Next": "Is it paid?"
    },
    "Is it paid?": {`));
  await prepare(page, { input: '{"mine": true}', mocks: JSON.stringify(MINE) });
  await run(page);
  await expect(pendingTask(page)).toContainText("Ask again waits for its result");
  await pendingTask(page).getByRole("button", { name: "Generate all results" }).click();
  await expect(runStatus(page)).toContainText("Execution succeeded");
  await expect(page.locator("#next-case")).toHaveValue("Generated");
  await tab(page, "Input and mocks").click();
  await expect(input(page)).toHaveValue('{"mine": true}');
  const merged = JSON.parse(await mocks(page).inputValue());
  expect(merged.StateMachines.m).toEqual(MINE.StateMachines.m);
  expect(merged.MockedResponses.Unpaid).toEqual(MINE.MockedResponses.Unpaid);

  // Made again, they replace themselves.
  const before = await mocks(page).inputValue();
  await generate(page).click();
  await expect(generate(page)).toHaveAttribute("aria-disabled", "false");
  await expect(mocks(page)).toHaveValue(before);
});

test("what cannot be done is said", async ({ page }) => {
  await open(page);
  await define(page, { StartAt: "P", States: { P: { Type: "Pass", End: true } } });
  await prepare(page, { input: "{}", mocks: "" });
  await expect(generate(page)).toHaveAttribute("aria-disabled", "true");
  await expect(generate(page)).toHaveAttribute("title", "Not possible: there is no Task that needs a result");

  await define(page, ASK);
  await prepare(page, { mocks: "{" });
  await expect(generate(page)).toHaveAttribute("aria-disabled", "true");
  await expect(generate(page)).toHaveAttribute("title", /the mocks cannot be read$/);
  await generate(page).click({ force: true });
  await expect(mocks(page)).toHaveValue("{");
});
