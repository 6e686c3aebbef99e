// Which state machine of a template is looked at, and as what type.
import { expect, expectAccessible, open, test } from "./fixtures.mjs";
import { define, editor, graph, inspector, kept, prepare, problems, runStatus, state, tab } from "./workbench.mjs";

const TEMPLATE = `Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition:
        StartAt: Ship
        States:
          Ship:
            Type: Pass
            End: true
  Returns:
    Type: AWS::Serverless::StateMachine
    Properties:
      Type: EXPRESS
      Definition:
        StartAt: Ask
        States:
          Ask:
            Type: Task
            Resource: arn:aws:states:::sqs:sendMessage.waitForTaskToken
            Parameters:
              QueueUrl: https://sqs.us-east-1.amazonaws.com/123456789012/q
              MessageBody.$: $$.Task.Token
            End: true
`;

const machine = (page) => inspector(page).getByRole("combobox", { name: "State machine" });
const type = (page) => inspector(page).getByRole("combobox", { name: /^Type/ });
const around = (page) => page.locator("#around");

test("another state machine of a template is chosen, and kept", async ({ page }) => {
  await open(page);
  await define(page, TEMPLATE);
  await expect(state(page, "Ship")).toBeVisible();
  await expect(type(page)).toHaveValue("STANDARD");
  await machine(page).focus();
  await page.keyboard.press("ArrowDown");
  await expect(around(page)).toHaveText("Returns in a SAM template, 2 of 2 state machines there");
  await expect(state(page, "Ask")).toBeVisible();
  await expect(machine(page)).toHaveValue("Returns");
  // The template says so.
  await expect(type(page)).toHaveValue("EXPRESS");
  await expect(page.getByTitle("Type of the state machine")).toHaveText("Express");
  await expect(problems(page).first()).toContainText("Express");
  await expectAccessible(page);
  await type(page).selectOption("STANDARD");
  await expect(problems(page)).toHaveCount(0);
  await page.reload();
  await expect(state(page, "Ask")).toBeVisible();
  await expect(type(page)).toHaveValue("STANDARD");
  await machine(page).selectOption("Orders");
  await expect(state(page, "Ship")).toBeVisible();
});

test("a definition runs as an Express workflow", async ({ page }) => {
  await open(page);
  await define(page, {
    StartAt: "Who",
    States: { Who: { Type: "Pass", Parameters: { "id.$": "$$.Execution.Id" }, End: true } },
  });
  await prepare(page, { input: "{}", mocks: "" });
  await expect(machine(page)).toHaveCount(0);
  await type(page).selectOption("EXPRESS");
  await graph(page).focus();
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(runStatus(page)).toHaveText(/^Execution succeeded/);
  await expect(page.getByRole("region", { name: "Outcome" })).toContainText(":express:");
});

test("YAML is laid out by a key, remarks and all", async ({ page }) => {
  await open(page);
  await define(page, "StartAt: A\nStates:\n      # the only one\n      A:\n            Type: Succeed\n");
  await expect(state(page, "A")).toBeVisible();
  await editor(page).focus();
  await page.keyboard.press("Shift+Alt+F");
  await expect.poll(() => kept(page)).toBe("StartAt: A\nStates:\n  # the only one\n  A:\n    Type: Succeed\n");
  await tab(page, "Problems").click();
  await expect(problems(page)).toHaveCount(0);
});
