// Placeholders that a deployment tool replaces: listed with their places, given values for
// the simulation, and left in the text.
import { expect, expectAccessible, open, test } from "./fixtures.mjs";
import { define, editor, kept, prepare, problems, runStatus, tab } from "./workbench.mjs";

const DEFINITION = `{
  "StartAt": "Pause",
  "States": {
    "Pause": { "Type": "Wait", "Seconds": "\${Seconds}", "Next": "Say" },
    "Say": { "Type": "Pass", "Parameters": { "bucket": "s3://\${Bucket}/\${Bucket}", "n": \${Count} }, "End": true }
  }
}
`;

const inputs = (page) => page.getByRole("tabpanel", { name: "Input and mocks" });
const rows = (page) => inputs(page).getByRole("list", { name: /^Substitutions/ }).getByRole("listitem");
const value = (page, name) => inputs(page).getByRole("textbox", { name: `Value of \${${name}}` });

test("placeholders are listed where they stand and run with the values they are given", async ({ page }) => {
  await open(page);
  await define(page, DEFINITION);
  await expect(problems(page)).toHaveCount(0);
  await prepare(page, { input: "{}", mocks: "" });
  await expect(rows(page)).toHaveCount(3);
  await expect(rows(page).nth(0)).toContainText("Seconds of Pause");
  await expect(rows(page).nth(1)).toContainText("bucket of Say and 1 more");
  await expectAccessible(page);

  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(page.getByRole("alert")).toHaveText(/^Line 4: Seconds must be .* so \$\{Seconds\} needs a value\. Give it one/);
  await tab(page, "Input and mocks").click();
  await value(page, "Seconds").fill("5");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(value(page, "Bucket")).toBeFocused();
  await page.keyboard.type('a"b');
  await value(page, "Count").fill("[1]");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(runStatus(page)).toHaveText(/^Execution succeeded/);
  const outcome = page.getByRole("region", { name: "Outcome" });
  await expect(outcome).toContainText('"bucket": "s3://a\\"b/a\\"b"');
  await expect(outcome).toContainText(/"n": \[\s*1\s*\]/);
  expect(await kept(page)).toBe(DEFINITION);

  await page.reload();
  await tab(page, "Input and mocks").click();
  await expect(value(page, "Bucket")).toHaveValue('a"b');
  await rows(page).nth(1).getByRole("button").click();
  await expect(editor(page)).toBeFocused();
  expect(await page.evaluate(() => String(getSelection()))).toBe("${Bucket}");
});

test("without placeholders there is nothing to fill in", async ({ page }) => {
  await open(page);
  await define(page, { StartAt: "P", States: { P: { Type: "Pass", Comment: "$ { } ${} ${", End: true } } });
  await tab(page, "Input and mocks").click();
  await expect(inputs(page)).toContainText("The definition has no ${…} placeholders");
  await expect(rows(page)).toHaveCount(0);
});

test("what a template gives is shown and used, and so is what the text is", async ({ page }) => {
  const template = `Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::StateMachine
    Properties:
      DefinitionSubstitutions:
        Mode: fast
        Table: !Ref OrderTable
      Definition:
        StartAt: Say
        States:
          Say:
            Type: Pass
            Parameters:
              mode: \${Mode}
              table: \${Table}
            End: true
  Returns:
    Type: AWS::Serverless::StateMachine
    Properties:
      Definition:
        StartAt: Done
        States:
          Done:
            Type: Succeed
`;
  await open(page);
  await define(page, template);
  await expect(page.locator("#around")).toHaveText("Orders in a SAM template, 1 of 2 state machines there");
  await prepare(page, { input: "{}", mocks: "" });
  await expect(value(page, "Mode")).toHaveAttribute("placeholder", "fast, as the template says");
  await expect(value(page, "Table")).toHaveAttribute("placeholder", "${OrderTable} until the deployment");
  await value(page, "Table").fill("orders");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(runStatus(page)).toHaveText(/^Execution succeeded/);
  const outcome = page.getByRole("region", { name: "Outcome" });
  await expect(outcome).toContainText('"mode": "fast"');
  await expect(outcome).toContainText('"table": "orders"');
});
