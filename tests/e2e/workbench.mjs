// What people do on the page, and where they look.
import { expect } from "@playwright/test";

export const ASK = `{
  "StartAt": "Read order",
  "States": {
    "Read order": {
      "Type": "Task",
      "Resource": "arn:aws:states:::lambda:invoke",
      "Parameters": { "FunctionName": "read", "Payload.$": "$" },
      "ResultPath": "$.order",
      "Next": "Is it paid?"
    },
    "Is it paid?": {
      "Type": "Choice",
      "Choices": [
        { "Variable": "$.order.paid", "BooleanEquals": true, "Next": "Ship" }
      ],
      "Default": "Refuse"
    },
    "Ship": {
      "Type": "Pass",
      "Result": { "shipped": true },
      "End": true
    },
    "Refuse": {
      "Type": "Fail",
      "Error": "NotPaid"
    }
  }
}
`;

/** States that lead to each other as long as the input has no `done`. */
export const ENDLESS = `{
  "StartAt": "A",
  "States": {
    "A": { "Type": "Pass", "Next": "B" },
    "B": { "Type": "Pass", "Next": "Done?" },
    "Done?": {
      "Type": "Choice",
      "Choices": [{ "Variable": "$.done", "IsPresent": true, "Next": "Done" }],
      "Default": "A"
    },
    "Done": { "Type": "Succeed" }
  }
}
`;

export const editor = (page) => page.getByRole("textbox", { name: "Definition" });
export const graph = (page) => page.getByRole("listbox", { name: /States of the graph/ });
export const states = (page) => graph(page).getByRole("option");
export const problems = (page) => page.getByRole("tabpanel", { name: "Problems" }).getByRole("listitem");
export const statusBar = (page) => page.getByRole("contentinfo");
export const runStatus = (page) => page.locator("#run-status");
export const events = (page) => page.getByRole("listbox", { name: "Events" });
export const inspector = (page) => page.getByRole("complementary", { name: "Inspector" });
export const pendingTask = (page) => page.getByRole("region", { name: "Pending task" });

/** The box of a state in the graph. */
export const state = (page, name) => graph(page).locator(`[role="option"][aria-label^=${JSON.stringify(`${name}, `)}]`);

/** Brings all of the drawing into the window, with the keys of the canvas: what is far outside is not in the page. */
export async function fit(page) {
  await graph(page).focus();
  await page.keyboard.press("1");
}

/** The tab of code, inputs, events, problems, or of the inspector. */
export const tab = (page, name) => page.getByRole("tab", { name });

/** The text of the open document as it is kept for the next visit. */
export const kept = (page) =>
  page.evaluate(() => statelabGuard.kept().find(({ id }) => id === sessionStorage.getItem("statelab.document"))?.text);

/** The tab of the list of documents, where the pane on the left is open. */
export const documentsTab = (page) => page.getByRole("tab", { name: "Documents" });
export const documentRows = (page) => page.getByRole("grid", { name: "Documents" }).getByRole("row");
/** The row of a document in the list. */
export const documentRow = (page, name) =>
  documentRows(page).filter({ has: page.getByRole("button", { name: `Actions for ${name}`, exact: true }) });
export const toast = (page) => page.locator(".toast");
/** What stands in the way of keeping the open document. */
export const notice = (page) => page.locator("#keeping");
export const saved = (page) => page.locator("#saved");

/** Pastes over the whole text of the editor. */
export async function paste(page, text) {
  await tab(page, "Code").click();
  await editor(page).click();
  await page.keyboard.press("ControlOrMeta+a");
  await pasteHere(page, text);
}

/** Pastes where the cursor is. */
export async function pasteHere(page, text) {
  await page.evaluate((text) => {
    const data = new DataTransfer();
    data.setData("text/plain", text);
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  }, text);
}

/** Pastes a definition, and sees it drawn. */
export async function define(page, definition) {
  const text = typeof definition === "string" ? definition : JSON.stringify(definition, null, 2);
  await paste(page, text);
  await expect.poll(() => kept(page)).toBe(text);
}

/** Writes what the next run starts with. */
export async function prepare(page, { input, mocks } = {}) {
  await tab(page, "Input and mocks").click();
  if (input !== undefined) await page.locator("#run-input").fill(input);
  if (mocks !== undefined) await page.locator("#run-mocks").fill(mocks);
}

/** Puts the cursor at a place of the text, found by what stands there. */
export async function cursorAt(page, text) {
  await page.locator(".cm-line", { hasText: text }).first().click();
}
