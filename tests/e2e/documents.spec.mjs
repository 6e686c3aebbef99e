// Documents are kept on this device: listed, renamed, duplicated, deleted, exported, opened
// from files, and forgotten; nothing is lost on the way.
import { readFileSync } from "node:fs";

import { expect, expectAccessible, expectAccessibleInThemes, open, test } from "./fixtures.mjs";
import {
  ASK,
  cursorAt,
  define,
  documentRow,
  documentRows,
  documentsTab,
  editor,
  kept,
  notice,
  prepare,
  saved,
  state,
  states,
  statusBar,
  tab,
  toast,
} from "./workbench.mjs";

const titleField = (page) => page.getByRole("textbox", { name: "Name of the document" });
const openRow = (page, name) => documentRow(page, name).getByRole("button", { name, exact: false }).first().click();
const actions = (page, name) => page.getByRole("button", { name: `Actions for ${name}`, exact: true });
const act = async (page, name, action) => {
  await actions(page, name).click();
  await page.locator(".document-menu").getByRole("button", { name: action }).click();
};
const create = (page) => page.getByRole("button", { name: "New", exact: true }).click();
const machine = (name) => JSON.stringify({ StartAt: name, States: { [name]: { Type: "Succeed" } } }, null, 2);

/** The names in the list, in alphabetical order. */
const names = async (page) => (await documentRows(page).locator(".document-title").allTextContents()).sort();

/** Drops files anywhere on the page, as the browser reports them. */
async function drop(page, files) {
  await page.evaluate((files) => {
    const data = new DataTransfer();
    for (const { name, bytes } of files) data.items.add(new File([new Uint8Array(bytes)], name));
    const target = document.elementFromPoint(innerWidth / 2, innerHeight / 2);
    for (const type of ["dragenter", "dragover", "drop"]) {
      target.dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true }));
    }
  }, files.map(({ name, content }) => ({ name, bytes: [...Buffer.from(content)] })));
}

test("documents are made, opened, renamed, duplicated and found again", async ({ page, problems: said }) => {
  await open(page);
  await documentsTab(page).click();
  await expect.poll(() => names(page)).toEqual(["order-processing"]);
  await define(page, ASK);
  await prepare(page, { input: '{"id": 1}', mocks: "" });

  await create(page);
  await expect(state(page, "Hello")).toBeVisible();
  await expect(titleField(page)).toHaveValue("untitled");
  await tab(page, "Input and mocks").click();
  await expect(page.locator("#run-input")).toHaveValue("{}\n");
  await define(page, machine("First"));
  await create(page);
  await expect(titleField(page)).toHaveValue("untitled 2");
  await expect.poll(() => names(page)).toEqual(["order-processing", "untitled", "untitled 2"]);

  await openRow(page, "order-processing");
  await expect(states(page)).toHaveCount(4);
  await tab(page, "Input and mocks").click();
  await expect(page.locator("#run-input")).toHaveValue('{"id": 1}');

  await titleField(page).fill("Orders");
  await titleField(page).press("Enter");
  await expect.poll(() => names(page)).toEqual(["Orders", "untitled", "untitled 2"]);

  await act(page, "untitled", "Rename");
  await expect(page.getByRole("textbox", { name: "New name" })).toBeFocused();
  await page.keyboard.type("First machine");
  await page.keyboard.press("Enter");
  await expect.poll(() => names(page)).toEqual(["First machine", "Orders", "untitled 2"]);
  await expect(titleField(page)).toHaveValue("Orders");

  await act(page, "First machine", "Duplicate");
  await expect(titleField(page)).toHaveValue("First machine 2");
  await expect(state(page, "First")).toBeVisible();
  await define(page, machine("Second"));
  await openRow(page, "First machine");
  await expect(state(page, "First")).toBeVisible();
  await expect(saved(page)).toHaveText("Saved on this device");

  await page.reload();
  await expect(state(page, "First")).toBeVisible();
  await expect.poll(() => names(page)).toEqual(["First machine", "First machine 2", "Orders", "untitled 2"]);
  await openRow(page, "First machine 2");
  await expect(state(page, "Second")).toBeVisible();
  expect(said).toEqual([]);
});

test("the list is walked, renamed and deleted by keys, and a deleted document comes back", async ({ page }) => {
  await open(page);
  await documentsTab(page).click();
  await define(page, ASK);
  await create(page);
  await expect(documentRows(page)).toHaveCount(2);
  const rows = await documentRows(page).locator(".document-title").allTextContents();
  await documentRow(page, rows[0]).getByRole("button").first().focus();
  await page.keyboard.press("ArrowDown");
  await expect(documentRow(page, rows[1]).getByRole("button").first()).toBeFocused();
  await page.keyboard.press("ArrowRight");
  await expect(actions(page, rows[1])).toBeFocused();
  await page.keyboard.press("Enter");
  await expect(page.locator(".document-menu").getByRole("button", { name: "Rename" })).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await expect(page.locator(".document-menu").getByRole("button", { name: "Duplicate" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(actions(page, rows[1])).toBeFocused();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowLeft");
  await expect(documentRow(page, rows[0]).getByRole("button").first()).toBeFocused();

  await page.keyboard.press("F2");
  await page.keyboard.type("changed");
  await page.keyboard.press("Escape");
  await expect.poll(() => names(page)).toEqual(["order-processing", "untitled"]);
  await expect(documentRow(page, rows[0]).getByRole("button").first()).toBeFocused();

  // The open one is deleted: the other one is opened, and undo brings the first one back.
  await documentRow(page, "untitled").getByRole("button").first().focus();
  await page.keyboard.press("Delete");
  await expect(toast(page)).toContainText("Deleted “untitled”");
  await expect(titleField(page)).toHaveValue("order-processing");
  await expect(states(page)).toHaveCount(4);
  await expect(documentRow(page, "order-processing").getByRole("button").first()).toBeFocused();
  await toast(page).getByRole("button", { name: "Undo" }).click();
  await expect(titleField(page)).toHaveValue("untitled");
  await expect(state(page, "Hello")).toBeVisible();
  await page.reload();
  await expect.poll(() => names(page)).toEqual(["order-processing", "untitled"]);

  // One that is not open, and then the last one.
  await act(page, "order-processing", "Delete");
  await expect(toast(page)).toContainText("Deleted “order-processing”");
  await expect(titleField(page)).toHaveValue("untitled");
  await toast(page).getByRole("button", { name: "Undo" }).click();
  await expect(states(page)).toHaveCount(4);
  await act(page, "untitled", "Delete");
  await act(page, "order-processing", "Delete");
  await expect(titleField(page)).toHaveValue("untitled");
  await expect(documentRows(page)).toHaveCount(1);
  await page.reload();
  await expect(documentRows(page)).toHaveCount(1);
});

test("all documents are exported into one file, and its files open again", async ({ page }) => {
  await open(page);
  await documentsTab(page).click();
  await define(page, ASK);
  await prepare(page, { input: '{"id": 1}', mocks: "" });
  await create(page);
  await define(page, machine("Second"));
  const exported = page.waitForEvent("download");
  await page.getByRole("button", { name: "Download all" }).click();
  expect((await exported).suggestedFilename()).toBe("statelab-documents.zip");
  const files = unzip(readFileSync(await (await exported).path()));
  expect(Object.keys(files).sort()).toEqual([
    "order-processing.asl.json",
    "order-processing.input.json",
    "untitled.asl.json",
    "untitled.input.json",
  ]);
  expect(files["order-processing.asl.json"]).toBe(ASK);

  const single = page.waitForEvent("download");
  await act(page, "order-processing", "Download");
  expect((await single).suggestedFilename()).toBe("order-processing.asl.json");
  expect(readFileSync(await (await single).path(), "utf8")).toBe(ASK);

  await drop(page, Object.entries(files).map(([name, content]) => ({ name, content })));
  await expect(toast(page)).toContainText("Opened 2 documents");
  await expect.poll(() => names(page)).toEqual(["order-processing", "order-processing 2", "untitled", "untitled 2"]);
  await openRow(page, "order-processing 2");
  await expect(states(page)).toHaveCount(4);
  await tab(page, "Input and mocks").click();
  await expect(page.locator("#run-input")).toHaveValue('{"id": 1}');
});

test("what was made and typed a moment ago is in the file of all documents, though not yet in the database", async ({ page }) => {
  await open(page);
  await documentsTab(page).click();
  await define(page, ASK);
  await expect(saved(page)).toHaveText("Saved on this device");
  const exported = page.waitForEvent("download");
  // In one task, so that no timer has come up in between.
  await page.evaluate(() => {
    const buttons = [...document.querySelectorAll("button")];
    for (const label of ["New", "Download all"]) buttons.find((button) => button.textContent.trim() === label).click();
  });
  const files = unzip(readFileSync(await (await exported).path()));
  expect(Object.keys(files).sort()).toEqual([
    "order-processing.asl.json",
    "order-processing.input.json",
    "order-processing.mocks.json",
    "untitled.asl.json",
    "untitled.input.json",
  ]);
  expect(files["order-processing.asl.json"]).toBe(ASK);
  expect(JSON.parse(files["untitled.asl.json"]).StartAt).toBe("Hello");
});

/** The files of a zip whose files are stored, not compressed. */
function unzip(bytes) {
  const files = {};
  let at = bytes.lastIndexOf(Buffer.from("PK\x05\x06"));
  const count = bytes.readUInt16LE(at + 10);
  at = bytes.readUInt32LE(at + 16);
  for (let index = 0; index < count; index += 1) {
    const [size, nameLength, extra, comment, start] = [
      bytes.readUInt32LE(at + 24), bytes.readUInt16LE(at + 28), bytes.readUInt16LE(at + 30), bytes.readUInt16LE(at + 32), bytes.readUInt32LE(at + 42),
    ];
    const name = bytes.toString("utf8", at + 46, at + 46 + nameLength);
    const content = start + 30 + bytes.readUInt16LE(start + 26) + bytes.readUInt16LE(start + 28);
    files[name] = bytes.toString("utf8", content, content + size);
    at += 46 + nameLength + extra + comment;
  }
  return files;
}

test("files of every encoding open as new documents; what cannot be opened is explained", async ({ page }) => {
  await open(page);
  await documentsTab(page).click();
  await define(page, ASK);
  const text = machine("Grüße");
  const utf16 = Buffer.from(`\ufeff${text}`, "utf16le");
  await drop(page, [
    { name: "plain.asl.json", content: text },
    { name: "marked.json", content: `\ufeff${text}` },
    { name: "wide.asl", content: utf16 },
    { name: "lines.json", content: text.replaceAll("\n", "\r\n") },
    { name: "empty.json", content: "" },
    { name: "picture.png", content: Buffer.from([0x89, 0x50, 0x4e, 0x47, 13, 10, 26, 10, 0, 0, 0, 13]) },
  ]);
  await expect(toast(page)).toContainText("Opened 4 documents");
  await expect(toast(page)).toContainText("“empty.json” was not opened: it is empty");
  await expect(toast(page)).toContainText("“picture.png” was not opened: it is not a text");
  for (const name of ["plain", "marked", "wide", "lines"]) {
    await openRow(page, name);
    await expect(titleField(page)).toHaveValue(name);
    await expect(state(page, "Grüße")).toBeVisible();
    await expect.poll(() => kept(page)).toBe(name === "lines" ? text.replaceAll("\n", "\r\n") : text);
  }
  await openRow(page, "order-processing");
  await expect.poll(() => kept(page)).toBe(ASK);
});

test("a file that is too large, and a folder, are refused with the reason; up to 5 MB opens", async ({ page }) => {
  await open(page);
  await define(page, ASK);
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.items.add(new File([new Uint8Array(10_000_000).fill(32)], "huge.json"));
    data.items.add(new File(["[]"], "folder"));
    // Reading a folder fails.
    const read = File.prototype.arrayBuffer;
    File.prototype.arrayBuffer = function () {
      return this.name === "folder" ? Promise.reject(new DOMException("", "NotFoundError")) : read.call(this);
    };
    document.body.dispatchEvent(new DragEvent("drop", { dataTransfer: data, bubbles: true, cancelable: true }));
  });
  await expect(toast(page)).toContainText("“huge.json” was not opened: it has 10.0 MB; at most 5 MB are opened");
  await expect(toast(page)).toContainText("“folder” was not opened: it cannot be read; if it is a folder, drop the files in it instead");
  expect(await kept(page)).toBe(ASK);

  const large = JSON.stringify({ Comment: "x".repeat(1_200_000), StartAt: "A", States: { A: { Type: "Succeed" } } });
  await drop(page, [{ name: "large.json", content: large }]);
  await expect(toast(page)).toContainText("“large” has 1.2 MB; the service takes 1 MB");
  await expect(state(page, "A")).toBeVisible();
  await expect(saved(page)).toHaveText("Saved on this device");
});

test("files are opened by a key and by a button, and a drag is shown", async ({ page }) => {
  // Choosers are caught from here on; asked for with the key alone, that may come too late.
  page.on("filechooser", () => {});
  await open(page);
  await documentsTab(page).click();
  const file = { name: "picked.asl.json", mimeType: "application/json", buffer: Buffer.from(machine("Picked")) };
  for (const choose of [() => page.keyboard.press("ControlOrMeta+o"), () => page.getByRole("button", { name: "Open…" }).click()]) {
    const chooser = page.waitForEvent("filechooser");
    await choose();
    await (await chooser).setFiles(file);
    await expect(toast(page)).toContainText("Opened “picked");
    await expect(state(page, "Picked")).toBeVisible();
  }
  await expect.poll(() => names(page)).toEqual(["order-processing", "picked", "picked 2"]);

  const drag = (type, init = {}) =>
    page.evaluate(([type, init]) => {
      const data = new DataTransfer();
      data.items.add(new File(["{}"], "a.json"));
      document.querySelector(".cm-content").dispatchEvent(new DragEvent(type, { dataTransfer: data, bubbles: true, cancelable: true, ...init }));
    }, [type, init]);
  await drag("dragover");
  await expect(page.locator(".drop-target")).toBeVisible();
  await drag("dragleave");
  await expect(page.locator(".drop-target")).toHaveCount(0);
  await drag("dragover");
  await drag("drop");
  await expect(page.locator(".drop-target")).toHaveCount(0);
  await expect(titleField(page)).toHaveValue("a");
  await expect(editor(page)).toHaveText("{}");
});

test("saving by a key says that it is saved", async ({ page }) => {
  await open(page);
  await define(page, ASK);
  await editor(page).focus();
  await page.keyboard.press("ControlOrMeta+s");
  await expect(toast(page)).toContainText("Saved on this device");
  await expect(saved(page)).toHaveText("Saved on this device");
});

test("what was typed right before the page is closed is there again, in the list as well", async ({ page, context }) => {
  await open(page);
  await documentsTab(page).click();
  await define(page, ASK);
  await create(page);
  await define(page, machine("Late"));
  await tab(page, "Input and mocks").click();
  await page.locator("#run-input").fill('{"typed": "late"}');
  await tab(page, "Code").click();
  await cursorAt(page, '"Type": "Succeed"');
  await page.keyboard.press("End");
  await page.keyboard.type(', "Comment": "late"');
  await page.close({ runBeforeUnload: true });

  const again = await context.newPage();
  await open(again);
  await expect(state(again, "Late")).toBeVisible();
  expect(await kept(again)).toContain('"Type": "Succeed", "Comment": "late"');
  await tab(again, "Input and mocks").click();
  await expect(again.locator("#run-input")).toHaveValue('{"typed": "late"}');
  await openRow(again, "order-processing");
  await expect(states(again)).toHaveCount(4);
  await openRow(again, "untitled");
  await expect(state(again, "Late")).toBeVisible();
  await expect.poll(() => kept(again)).toContain('"Comment": "late"');
});

test("a visitor from before there was a list finds the old document with its input", async ({ page }) => {
  await page.addInitScript((text) => {
    if (localStorage.getItem("statelab.document")) return;
    localStorage.setItem("statelab.mirror.current", JSON.stringify({ name: "Mine", text, savedAt: 1_700_000_000_000 }));
    localStorage.setItem("statelab.input", '{"mine": 1}');
    localStorage.setItem("statelab.mocks", "");
  }, ASK);
  await open(page);
  await documentsTab(page).click();
  await expect(titleField(page)).toHaveValue("Mine");
  await expect(states(page)).toHaveCount(4);
  await tab(page, "Input and mocks").click();
  await expect(page.locator("#run-input")).toHaveValue('{"mine": 1}');
  await expect(saved(page)).toHaveText("Saved on this device");
  expect(await page.evaluate(() => localStorage.getItem("statelab.mirror.current"))).toBeNull();
  await page.reload();
  await expect.poll(() => names(page)).toEqual(["Mine"]);
  expect(await kept(page)).toBe(ASK);
});

test("everything on this device is forgotten after a question that says what goes", async ({ page }) => {
  await open(page, { theme: "dark" });
  await documentsTab(page).click();
  await define(page, ASK);
  await create(page);
  await page.getByRole("button", { name: "Forget all…" }).click();
  const question = page.getByRole("alertdialog", { name: "Forget everything on this device?" });
  await expect(question).toContainText("2 documents with their inputs and mocks");
  await expect(question.getByRole("button", { name: "Cancel" })).toBeFocused();
  await page.keyboard.press("Escape");
  await expect(question).toHaveCount(0);
  await expect(page.getByRole("button", { name: "Forget all…" })).toBeFocused();
  await expect(documentRows(page)).toHaveCount(2);

  await page.keyboard.press("Enter");
  await question.getByRole("button", { name: "Forget everything" }).click();
  await expect(toast(page)).toContainText("forgotten");
  await expect(titleField(page)).toHaveValue("order-processing");
  await expect.poll(() => names(page)).toEqual(["order-processing"]);
  await expect(state(page, "RouteOrder")).toBeVisible();
  await expect(page.locator("html")).not.toHaveAttribute("data-theme");
  const left = await page.evaluate(() => JSON.stringify({ ...localStorage }));
  expect(left).not.toContain("Read order");
  expect(left).not.toContain("statelab.theme");
  await define(page, machine("Fresh"));
  await expect(saved(page)).toHaveText("Saved on this device");
});

test("list, menu, question, toast and notice are accessible", async ({ page, context }) => {
  test.slow();
  await open(page);
  await documentsTab(page).click();
  await define(page, ASK);
  await create(page);
  await expectAccessibleInThemes(page);
  await actions(page, "order-processing").click();
  await expect(page.locator(".document-menu")).toBeVisible();
  await expectAccessibleInThemes(page);
  await page.locator(".document-menu").getByRole("button", { name: "Rename" }).click();
  await expect(page.getByRole("textbox", { name: "New name" })).toBeFocused();
  await expectAccessibleInThemes(page);
  await page.keyboard.press("Escape");
  await page.getByRole("button", { name: "Forget all…" }).click();
  await expectAccessibleInThemes(page);
  await page.keyboard.press("Escape");
  await act(page, "order-processing", "Delete");
  await expect(toast(page)).toBeVisible();
  await expectAccessibleInThemes(page);
  const other = await context.newPage();
  await open(other);
  await expect(notice(other)).toContainText("Open in another tab");
  await expectAccessibleInThemes(other);
});

test("on a narrow page the list is a sheet", async ({ page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page);
  await page.locator("#documents-button").click();
  await expect(documentRows(page)).toHaveCount(1);
  await expectAccessible(page);
  await create(page);
  await expect(titleField(page)).toHaveValue("untitled");
  await expect(statusBar(page)).toContainText("1 state");
});
