// One tab writes a document; others show it, follow it, and can take it over.
import { expect, open, test } from "./fixtures.mjs";
import { ASK, cursorAt, define, documentRow, documentRows, documentsTab, editor, kept, notice, saved, state, states, tab, toast } from "./workbench.mjs";

const titleField = (page) => page.getByRole("textbox", { name: "Name of the document" });
const machine = (name) => JSON.stringify({ StartAt: name, States: { [name]: { Type: "Succeed" } } }, null, 2);
const takeOver = (page) => notice(page).getByRole("button", { name: "Take over" }).click();

/** A second tab with the same document. */
async function openSecond(context, init) {
  const page = await context.newPage();
  if (init) await page.addInitScript(init);
  await open(page);
  return page;
}

async function expectReads(page) {
  await expect(notice(page)).toContainText("Open in another tab");
  await expect(editor(page)).toHaveAttribute("aria-readonly", "true");
  await expect(saved(page)).toHaveText("Saved by another tab");
}

async function expectWrites(page) {
  await expect(notice(page)).toBeEmpty();
  await expect(editor(page)).not.toHaveAttribute("aria-readonly", "true");
  await expect(saved(page)).toHaveText("Saved on this device");
}

test("the second tab reads and follows, takes over, and the first one follows in turn", async ({ page, context, problems: said }) => {
  await open(page);
  await define(page, ASK);
  await expectWrites(page);
  const second = await openSecond(context);
  await expectReads(second);
  await expect(states(second)).toHaveCount(4);
  await expectWrites(page);

  await define(page, machine("From first"));
  await expect(state(second, "From first")).toBeVisible();
  await editor(second).focus();
  await second.keyboard.type("x");
  await expect(editor(second)).not.toContainText("x{");
  await tab(second, "Input and mocks").click();
  await expect(second.locator("#run-input")).toHaveJSProperty("readOnly", true);
  await tab(second, "Code").click();

  // What the first tab has typed a moment ago comes along.
  await cursorAt(page, '"Type": "Succeed"');
  await page.keyboard.press("End");
  await page.keyboard.type(', "Comment": "typed"');
  await takeOver(second);
  await expectWrites(second);
  await expectReads(page);
  await expect(editor(second)).toContainText('"Comment": "typed"');
  await define(second, machine("From second"));
  await expect(state(page, "From second")).toBeVisible();

  await takeOver(page);
  await expectWrites(page);
  await expectReads(second);
  await define(page, machine("First again"));
  await expect(state(second, "First again")).toBeVisible();
  expect(said).toEqual([]);
});

test("when the writing tab is closed, the other one goes on with all of it", async ({ page, context }) => {
  await open(page);
  await define(page, ASK);
  const second = await openSecond(context);
  await expectReads(second);
  await cursorAt(page, '"Error": "NotPaid"');
  await page.keyboard.press("End");
  await page.keyboard.type(', "Cause": "late"');
  await page.close({ runBeforeUnload: true });
  await expectWrites(second);
  await expect(editor(second)).toContainText('"Cause": "late"');
  await define(second, machine("Heir"));
  await expectWrites(second);
  await second.reload();
  await expect(state(second, "Heir")).toBeVisible();
});

test("a tab that does not answer loses the document, and what it has not saved is kept apart", async ({ page, context }) => {
  // The first tab hears nobody, and its database takes nothing for a while.
  await page.addInitScript(() => {
    BroadcastChannel.prototype.postMessage = () => {};
    Object.defineProperty(BroadcastChannel.prototype, "onmessage", { set() {} });
  });
  await open(page);
  await documentsTab(page).click();
  await define(page, ASK);
  await expectWrites(page);
  const second = await openSecond(context);
  await expectReads(second);
  await page.evaluate(() => {
    const { put } = IDBObjectStore.prototype;
    globalThis.mend = () => (IDBObjectStore.prototype.put = put);
    IDBObjectStore.prototype.put = () => {
      throw new DOMException("for a while", "UnknownError");
    };
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = function (key, value) {
      if (!key.startsWith("statelab.mirror.")) setItem.call(this, key, value);
    };
  });
  await cursorAt(page, '"Error": "NotPaid"');
  await page.keyboard.press("End");
  await page.keyboard.type(', "Cause": "mine"');
  await expect(saved(page)).toContainText("Not saved");
  await page.evaluate(() => globalThis.mend());
  await takeOver(second);
  await expectWrites(second);
  await expectReads(page);
  await expect(toast(page)).toContainText("kept as “order-processing 2”");
  await documentRow(page, "order-processing 2").getByRole("button").first().click();
  await expect(editor(page)).toContainText('"Cause": "mine"');
  expect(await kept(second)).toBe(ASK);
});

test("a copy can be worked on, and two tabs write two documents", async ({ page, context }) => {
  await open(page);
  await define(page, ASK);
  const second = await openSecond(context);
  await notice(second).getByRole("button", { name: "Work on a copy" }).click();
  await expect(titleField(second)).toHaveValue("order-processing 2");
  await expectWrites(second);
  await define(second, machine("Copy"));
  await expectWrites(page);
  await documentsTab(page).click();
  await expect(documentRows(page)).toHaveCount(2);
  expect(await kept(page)).toBe(ASK);

  // What is open in another tab cannot be deleted or renamed here.
  await documentRow(page, "order-processing 2").getByRole("button").first().focus();
  await page.keyboard.press("Delete");
  await expect(toast(page)).toContainText("open in another tab");
  await expect(documentRows(page)).toHaveCount(2);

  // Each tab finds its own document again.
  await Promise.all([page.reload(), second.reload()]);
  await expect(states(page)).toHaveCount(4);
  await expect(state(second, "Copy")).toBeVisible();
  await expectWrites(page);
  await expectWrites(second);
});

test("a document that its writer deletes, or forgets with all others, is left", async ({ page, context }) => {
  await open(page);
  await documentsTab(page).click();
  await page.getByRole("button", { name: "New", exact: true }).click();
  await define(page, machine("Gone"));
  await expectWrites(page);
  const second = await openSecond(context);
  await expectReads(second);
  await documentRow(page, "untitled").getByRole("button").first().focus();
  await page.keyboard.press("Delete");
  await expect(toast(second)).toContainText("deleted in another tab");
  await expect(titleField(second)).toHaveValue("order-processing");

  await page.getByRole("button", { name: "Forget all…" }).click();
  await page.getByRole("button", { name: "Forget everything" }).click();
  await expect(state(page, "RouteOrder")).toBeVisible();
  await expect(state(second, "RouteOrder")).toBeVisible();
  await expectWrites(page);
  await expectWrites(second);
});

test("without locks, or without a channel, tabs work on", async ({ page, context, problems: said }) => {
  const without = () => {
    Object.defineProperty(navigator, "locks", { value: undefined });
    delete globalThis.BroadcastChannel;
  };
  await page.addInitScript(without);
  await open(page);
  await define(page, ASK);
  await expectWrites(page);
  const second = await openSecond(context, without);
  await expectWrites(second);
  await define(second, machine("Last"));
  await expectWrites(second);
  await second.reload();
  await expect(state(second, "Last")).toBeVisible();
  expect(said).toEqual([]);
});
