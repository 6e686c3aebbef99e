// Help while typing, and texts that hold a definition: through the worker, to the page.
import { expect, expectAccessible, open, test } from "./fixtures.mjs";
import { ASK, define, editor, kept, problems, state, states } from "./workbench.mjs";

const YAML = `StartAt: Read order
States:
  Read order:
    Type: Task
    Resource: arn:aws:states:::lambda:invoke
    Parameters: { FunctionName: read }
    Next: Ship
  Ship:
    Type: Succeed
`;

const TEMPLATE = `Transform: AWS::Serverless-2016-10-31
Resources:
  Orders:
    Type: AWS::Serverless::StateMachine
    Properties:
      DefinitionString: !Sub |
        {
          "StartAt": "Ship",
          "States": {
            "Ship": { "Type": "Pass", "Next": "Dun" },
            "Done": { "Type": "Succeed" }
          }
        }
`;

const options = (page) => page.getByRole("listbox", { name: "Completions" }).getByRole("option");

/** Puts the cursor behind the first occurrence of a text that stands on one line. */
async function cursorBehind(page, text) {
  await editor(page).focus();
  await page.evaluate((text) => {
    const line = [...document.querySelectorAll(".cm-line")].find((line) => line.textContent.includes(text));
    let left = line.textContent.indexOf(text) + text.length;
    const nodes = document.createTreeWalker(line, NodeFilter.SHOW_TEXT);
    while (nodes.nextNode() && nodes.currentNode.length < left) left -= nodes.currentNode.length;
    getSelection().collapse(nodes.currentNode, left);
  }, text);
}

test("fields and states are completed by key", async ({ page, problems: said }) => {
  await open(page);
  await define(page, ASK);
  await cursorBehind(page, '"Result": { "shipped": true },');
  await page.keyboard.press("Enter");
  await page.keyboard.press("Control+Space");
  await expect(options(page).filter({ hasText: "Comment" })).toBeVisible();
  await page.keyboard.type("Assi");
  await expect(options(page)).toHaveCount(1);
  await expect(options(page)).toHaveText(/Assign/);
  await page.keyboard.press("Enter");
  await expect.poll(() => kept(page)).toContain('"Assign": {},');
  await cursorBehind(page, '"Default": "');
  await page.keyboard.press("Control+Space");
  await expect(options(page).filter({ hasText: "Ship" })).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press("Escape");
  expect(said).toEqual([]);
});

test("a state is renamed everywhere, found, and the code laid out, by key", async ({ page }) => {
  await open(page);
  const laidOut = /\n {6}"ResultPath": "\$.order",\n/;
  await define(page, ASK.replace(laidOut, '"ResultPath":"$.order",'));
  expect(ASK).toMatch(laidOut);
  await cursorBehind(page, '"Default": "Ref');
  await page.keyboard.press("F2");
  const name = page.getByRole("textbox", { name: /New name of Refuse/ });
  await expect(name).toBeFocused();
  await expectAccessible(page);
  await name.fill("Ship");
  await page.keyboard.press("Enter");
  await expect(page.getByRole("textbox", { name: /Another state is named Ship/ })).toBeFocused();
  await page.keyboard.press("ControlOrMeta+a");
  await page.keyboard.type("Turn away");
  await page.keyboard.press("Enter");
  await expect.poll(() => kept(page)).toContain('"Default": "Turn away"');
  await expect.poll(() => kept(page)).toContain('"Turn away": {');
  await expect(state(page, "Turn away")).toBeVisible();
  await cursorBehind(page, '"Default": "Turn');
  await page.keyboard.press("F12");
  await expect(state(page, "Turn away")).toHaveAttribute("aria-selected", "true");
  await page.keyboard.press("Shift+Alt+F");
  await expect.poll(() => kept(page)).toMatch(laidOut);
  await page.keyboard.press("ControlOrMeta+z");
  await expect.poll(() => kept(page)).toContain('"ResultPath":"$.order",');
});

test("a word under the pointer explains itself, and by a key the one at the cursor", async ({ page }) => {
  const meaning = page.getByText("ResultPath: a path");
  await open(page);
  await define(page, ASK);
  await editor(page).getByText('"ResultPath"').hover();
  await expect(meaning).toBeVisible();
  await expectAccessible(page);
  await page.mouse.move(0, 0);
  await expect(meaning).toBeHidden();
  await cursorBehind(page, '"ResultPa');
  await page.keyboard.press("Shift+F1");
  await expect(meaning).toBeVisible();
  await page.keyboard.press("Escape");
  await expect(meaning).toBeHidden();
  await page.keyboard.press("Shift+F1");
  await expect(meaning).toBeVisible();
  await page.keyboard.press("ArrowDown");
  await expect(meaning).toBeHidden();
});

test("YAML is drawn, completed, and stays alive around an error", async ({ page }) => {
  await open(page);
  await define(page, YAML);
  await expect(states(page)).toHaveCount(2);
  await expect(problems(page)).toHaveCount(0);
  await cursorBehind(page, "Next: ");
  await page.keyboard.press("Control+Space");
  await expect(options(page).filter({ hasText: "Read order" })).toBeVisible();
  await page.keyboard.press("Escape");
  await define(page, YAML.replace("arn:", '"arn:'));
  await expect(problems(page)).toHaveCount(1);
  await expect(state(page, "Ship")).toBeVisible();
});

test("the definition inside a template is drawn and repaired where it stands", async ({ page }) => {
  await open(page);
  await define(page, TEMPLATE);
  await expect(state(page, "Done")).toBeVisible();
  await expect(problems(page).first()).toContainText("No state is named Dun");
  await cursorBehind(page, '"Next": "D');
  await page.keyboard.press("Control+Space");
  await options(page).filter({ hasText: "Done" }).click();
  await expect.poll(() => kept(page)).toBe(TEMPLATE.replace("Dun", "Done"));
  await expect(problems(page)).toHaveCount(0);
});

test("the outline is a tree that keys walk", async ({ page }) => {
  await open(page);
  await define(page, ASK);
  await page.getByRole("tab", { name: "Outline" }).click();
  const items = page.getByRole("tree", { name: "States" }).getByRole("treeitem");
  await expect(items).toHaveCount(4);
  await items.first().focus();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(items.nth(2)).toHaveAttribute("aria-selected", "true");
  await expect(state(page, "Ship")).toHaveAttribute("aria-selected", "true");
  await expectAccessible(page);
});
