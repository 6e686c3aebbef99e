// The fields of a state as a form: what is entered is an edit of the text, a step of undo each.
import { expect, expectAccessible, open, test } from "./fixtures.mjs";
import { ASK, define, editor, inspector, kept, problems, state, tab } from "./workbench.mjs";

const field = (page, name) => inspector(page).getByLabel(name, { exact: true });

/** The definition as it is kept, read. */
const machine = (page) => kept(page).then((text) => JSON.parse(text ?? "{}"));

async function choose(page, name) {
  await state(page, name).click();
  await expect(inspector(page).getByRole("heading", { name })).toBeVisible();
}

test("fields are entered, added and removed where they belong, by keys alone", async ({ page }) => {
  await open(page);
  await define(page, ASK);
  await choose(page, "Read order");
  await expect(field(page, "Resource")).toHaveValue("arn:aws:states:::lambda:invoke");
  await expect(field(page, "Parameters")).toHaveValue(/"FunctionName": "read"/);
  await expectAccessible(page);

  // A choice: the graph follows, the focus stays.
  await field(page, "Next").selectOption("Ship");
  await expect.poll(async () => (await machine(page)).States["Read order"].Next).toBe("Ship");
  await expect(field(page, "Next")).toBeFocused();
  await page.keyboard.press("ControlOrMeta+z");
  await expect.poll(() => kept(page)).toBe(ASK);
  await expect(field(page, "Next")).toHaveValue("Is it paid?");

  // A new field has the focus; what is entered is taken by Enter, and its problem stands below it.
  await inspector(page).getByLabel("Add a field").selectOption("TimeoutSeconds");
  await expect(field(page, "TimeoutSeconds")).toBeFocused();
  await expect(field(page, "TimeoutSeconds")).toHaveValue("1");
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("-5");
  await page.keyboard.press("Enter");
  await expect(field(page, "TimeoutSeconds")).toHaveAttribute("aria-invalid", "true");
  await expect(inspector(page)).toContainText("TimeoutSeconds must be");
  await expectAccessible(page);
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("60");
  await page.keyboard.press("Enter");
  await expect(problems(page)).toHaveCount(0);
  expect(await kept(page)).toContain('"TimeoutSeconds": 60,\n      "Next": "Is it paid?"');

  await inspector(page).getByRole("button", { name: "Remove TimeoutSeconds" }).focus();
  await page.keyboard.press("Enter");
  await expect(field(page, "TimeoutSeconds")).toHaveCount(0);
  await expect.poll(() => kept(page)).toBe(ASK);
});

test("what is no JSON is said and stays; what replaces another goes in its place", async ({ page }) => {
  await open(page);
  await define(page, ASK);
  await choose(page, "Ship");
  await field(page, "Result").fill('{"shipped": ');
  await page.keyboard.press("Tab");
  await expect(inspector(page)).toContainText("This is not JSON");
  await expect(field(page, "Result")).toHaveValue('{"shipped": ');
  await field(page, "Result").fill('{"shipped": [1]}');
  await page.keyboard.press("Tab");
  await expect.poll(async () => (await machine(page)).States.Ship.Result).toEqual({ shipped: [1] });
  await inspector(page).getByLabel("Add a field").selectOption("Next");
  await expect(field(page, "Next")).toBeFocused();
  await expect(field(page, "End")).toHaveCount(0);
  // Another type has other fields.
  await field(page, "Type").selectOption("Succeed");
  await expect(inspector(page)).toContainText("Result is not a field of a Succeed state");
});

test("a changed field is entered though the next button is pressed at once, in whatever format", async ({ page }) => {
  const changeAndRemove = (value) =>
    field(page, "Comment").evaluate((input, value) => {
      input.value = value;
      input.dispatchEvent(new Event("change"));
      input.ownerDocument.querySelector('[aria-label="Remove Seconds"]').click();
    }, value);
  await open(page);
  await define(page, '{"StartAt":"A","States":{"A":{"Type":"Wait","Comment":"x","Seconds":5,"End":true}}}');
  await choose(page, "A");
  await changeAndRemove("y");
  await expect.poll(async () => (await machine(page)).States.A).toEqual({ Type: "Wait", Comment: "y", End: true });
  await expect(inspector(page).getByLabel("Add a field", { exact: true })).toBeFocused();
  await define(page, "StartAt: A\nStates:\n  A:\n    Type: Wait\n    Comment: x\n    Seconds: 5 # s\n    End: true\n");
  await choose(page, "A");
  await expect(field(page, "Comment")).toHaveValue("x");
  await changeAndRemove("slow");
  await expect.poll(() => kept(page)).toBe("StartAt: A\nStates:\n  A:\n    Type: Wait\n    Comment: slow\n    End: true\n");
});

test("the machine itself and YAML have forms, and what is typed in the code is shown", async ({ page }) => {
  await open(page);
  await define(page, "StartAt: A # first\nStates:\n  A:\n    Type: Wait\n    Seconds: 5 # s\n    End: true\n");
  await field(page, "Comment").waitFor({ state: "detached" });
  await inspector(page).getByLabel("Add a field").selectOption("Comment");
  await field(page, "Comment").fill("It: waits");
  await page.keyboard.press("Enter");
  await expect.poll(() => kept(page)).toContain('Comment: "It: waits"');
  await choose(page, "A");
  await field(page, "Seconds").fill("7");
  await page.keyboard.press("Enter");
  await expect.poll(() => kept(page)).toContain("    Seconds: 7 # s\n");
  await editor(page).focus();
  await page.keyboard.press("ControlOrMeta+z");
  await expect(field(page, "Seconds")).toHaveValue("5");
  await tab(page, "Problems").click();
  await expect(problems(page)).toHaveCount(0);
});

const ORDERS = `{
  "StartAt": "Each order",
  "States": {
    "Each order": {
      "Type": "Map",
      "ItemReader": { "Resource": "arn:aws:states:::s3:getObject" },
      "ItemProcessor": {
        "StartAt": "Ship",
        "States": { "Ship": { "Type": "Pass", "End": true } }
      },
      "Next": "Both"
    },
    "Both": {
      "Type": "Parallel",
      "Branches": [
        { "StartAt": "Bill", "States": { "Bill": { "Type": "Pass", "Next": "File" }, "File": { "Type": "Succeed" } } },
        { "StartAt": "Pack", "States": { "Pack": { "Type": "Succeed" } } }
      ],
      "End": true
    }
  }
}
`;

test("what a field holds is entered field by field, as deep as it goes, by keys alone", async ({ page }) => {
  const group = (name) => inspector(page).getByRole("group", { name, exact: true });
  await open(page);
  await define(page, ORDERS);
  await choose(page, "Each order");
  await expect(group("ItemReader").getByLabel("Resource")).toHaveValue("arn:aws:states:::s3:getObject");
  await expectAccessible(page);

  // A new object has the focus; behind it comes what can be added to it.
  await inspector(page).getByLabel("Add a field to ItemProcessor").selectOption("ProcessorConfig");
  await expect(page.locator("#field-ItemProcessor-0-ProcessorConfig")).toBeFocused();
  await page.keyboard.press("Tab");
  await expect(inspector(page).getByLabel("Add a field to ProcessorConfig")).toBeFocused();
  await inspector(page).getByLabel("Add a field to ProcessorConfig").selectOption("Mode");
  const mode = group("ProcessorConfig").getByLabel("Mode", { exact: true });
  await expect(mode).toBeFocused();
  await mode.selectOption("DISTRIBUTED");
  await expect.poll(async () => (await machine(page)).States["Each order"].ItemProcessor.ProcessorConfig).toEqual({ Mode: "DISTRIBUTED" });
  await expect(mode).toBeFocused();
  await expectAccessible(page);

  // What is wrong stands at the part that it is in.
  await group("ItemReader").getByLabel("Resource").fill("s3");
  await page.keyboard.press("Enter");
  await expect(group("ItemReader").getByLabel("Resource")).toHaveAttribute("aria-invalid", "true");
  await expect(inspector(page).locator("#field-ItemReader-fault")).toBeEmpty();
  await page.keyboard.press("ControlOrMeta+z");
  await page.keyboard.press("Enter");
  await expect(group("ItemReader").getByLabel("Resource")).not.toHaveAttribute("aria-invalid", "true");
  await inspector(page).getByRole("button", { name: "Remove ProcessorConfig" }).focus();
  await page.keyboard.press("Enter");
  await expect(group("ProcessorConfig")).toHaveCount(0);

  await choose(page, "Both");
  await group("Branches 1").getByLabel("StartAt").selectOption("File");
  await expect.poll(async () => (await machine(page)).States.Both.Branches.map((branch) => branch.StartAt)).toEqual(["File", "Pack"]);
  await expect(group("Branches 2").getByLabel("StartAt")).toHaveValue("Pack");
});

test("retriers and rules are entered one by one, added and taken out, by keys alone", async ({ page }) => {
  const group = (name) => inspector(page).getByRole("group", { name, exact: true });
  const press = async (name) => {
    await inspector(page).getByRole("button", { name, exact: true }).focus();
    await page.keyboard.press("Enter");
  };
  const retry = async () => (await machine(page)).States["Read order"].Retry;
  await open(page);
  await define(page, ASK);
  await choose(page, "Read order");
  await inspector(page).getByLabel("Add a field").selectOption("Retry");
  await expect(page.locator("#field-Retry")).toBeFocused();
  await press("Add to Retry");
  await expect(group("Retry 2")).toBeFocused();
  await inspector(page).getByLabel("Add a field to Retry 2").selectOption("MaxAttempts");
  await expect(group("Retry 2").getByLabel("MaxAttempts", { exact: true })).toBeFocused();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("7");
  await page.keyboard.press("Enter");
  await expect.poll(retry).toEqual([{ ErrorEquals: ["States.ALL"] }, { ErrorEquals: ["States.ALL"], MaxAttempts: 7 }]);
  // Only the last may name all errors; it stands at the one that is wrong.
  await expect(group("Retry 1").locator(".fault").filter({ hasText: "States.ALL" })).toBeVisible();
  await expectAccessible(page);
  await press("Remove Retry 1");
  await expect(page.locator("#field-Retry")).toBeFocused();
  await expect.poll(retry).toEqual([{ ErrorEquals: ["States.ALL"], MaxAttempts: 7 }]);
  await press("Remove Retry 1");
  await expect(inspector(page).getByLabel("Add a field", { exact: true })).toBeVisible();
  await expect.poll(() => kept(page)).toBe(ASK);

  // A rule compares once: another comparison takes the place of the first.
  await choose(page, "Is it paid?");
  await expect(inspector(page).getByRole("button", { name: "Remove Choices 1" })).toHaveCount(0);
  await inspector(page).getByLabel("Add a field to Choices 1").selectOption("StringEquals");
  await expect(group("Choices 1").getByLabel("StringEquals", { exact: true })).toBeFocused();
  await page.keyboard.type("yes");
  await page.keyboard.press("Enter");
  await expect.poll(async () => (await machine(page)).States["Is it paid?"].Choices).toEqual([{ Variable: "$.order.paid", StringEquals: "yes", Next: "Ship" }]);
});
