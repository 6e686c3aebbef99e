// The code editor by itself: what it reports, and what it takes from the application.
import { expect, expectAccessible, open, test } from "./fixtures.mjs";

const TEXT = '{\n  "StartAt": "A",\n  "States": {}\n}\n';

/** Opens an editor over the page; what it reports is written down in `seen`. */
async function edit(page, options = {}) {
  await open(page);
  await page.evaluate((options) => {
    document.body.replaceChildren();
    const main = document.createElement("main");
    main.append(Object.assign(document.createElement("h1"), { textContent: "Editor" }));
    const parent = document.createElement("div");
    parent.style.height = "400px";
    main.append(parent, Object.assign(document.createElement("button"), { textContent: "after" }));
    document.body.append(main);
    const seen = (globalThis.seen = { changes: [], kinds: [], selections: [], keys: [] });
    globalThis.editor = statelabEditor.create(parent, {
      label: "Definition",
      onChange: (changes, info) => (seen.changes.push(changes), seen.kinds.push(info.kind)),
      onSelect: (from, to) => seen.selections.push([from, to]),
      onUndo: () => seen.keys.push("undo"),
      onRedo: () => seen.keys.push("redo"),
      onRun: () => seen.keys.push("run"),
      ...options,
    });
    globalThis.editor.focus();
  }, { text: TEXT, ...options });
  return page.getByRole("textbox", { name: "Definition" });
}

const seen = (page) => page.evaluate(() => globalThis.seen);
const text = (page) => page.evaluate(() => globalThis.editor.text());
const call = (page, method, ...args) => page.evaluate(([method, args]) => globalThis.editor[method](...args), [method, args]);

test("typing, deleting and pasting are reported as changes of the old text", async ({ page }) => {
  await edit(page);
  await call(page, "select", 17);
  await page.keyboard.type("xy");
  await page.keyboard.press("Backspace");
  await page.evaluate(() => {
    const data = new DataTransfer();
    data.setData("text/plain", "pasted");
    document.activeElement.dispatchEvent(new ClipboardEvent("paste", { clipboardData: data, bubbles: true, cancelable: true }));
  });
  const { changes, kinds, selections } = await seen(page);
  expect(changes).toEqual([
    [{ from: 17, to: 17, insert: "x" }],
    [{ from: 18, to: 18, insert: "y" }],
    [{ from: 18, to: 19, insert: "" }],
    [{ from: 18, to: 18, insert: "pasted" }],
  ]);
  expect(kinds).toEqual(["type", "type", "delete", "paste"]);
  expect(selections).toEqual([[18, 18], [19, 19], [18, 18], [24, 24]]);
});

test("changes of the application keep the cursor and are not reported", async ({ page }) => {
  await edit(page);
  await call(page, "select", 20, 22);
  await call(page, "apply", [{ from: 0, to: 0, insert: "\n" }, { from: 30, to: 31, insert: "" }]);
  expect(await text(page)).toBe("\n" + TEXT.slice(0, 30) + TEXT.slice(31));
  await call(page, "replace", "[]");
  expect(await text(page)).toBe("[]");
  expect(await seen(page)).toEqual({ changes: [], kinds: [], selections: [], keys: [] });
});

test("undo, redo and run go to the application", async ({ page }) => {
  await edit(page);
  await page.keyboard.type(" ");
  for (const key of ["ControlOrMeta+z", "ControlOrMeta+Shift+Z", "ControlOrMeta+y", "ControlOrMeta+Enter"]) await page.keyboard.press(key);
  expect((await seen(page)).keys).toEqual(["undo", "redo", "redo", "run"]);
  expect(await text(page)).toBe(` ${TEXT}`);
});

test("a composition is one change, and foreign changes may come in between", async ({ page }) => {
  await edit(page);
  await call(page, "select", 16);
  const client = await page.context().newCDPSession(page);
  const compose = (text) => client.send("Input.imeSetComposition", { text, selectionStart: text.length, selectionEnd: text.length });
  await compose("に");
  await compose("にほ");
  await call(page, "apply", [{ from: 0, to: 0, insert: "  " }]);
  await compose("にほん");
  expect((await seen(page)).changes).toEqual([]);
  await client.send("Input.insertText", { text: "日本" });
  await expect.poll(async () => (await seen(page)).changes).toEqual([[{ from: 18, to: 18, insert: "日本" }]]);
  expect((await seen(page)).kinds).toEqual(["compose"]);
  expect(await text(page)).toBe(`  ${TEXT.slice(0, 16)}日本${TEXT.slice(16)}`);
});

test("Tab indents, and Escape and then Tab leaves", async ({ page }) => {
  const editor = await edit(page);
  await page.keyboard.press("Tab");
  expect(await text(page)).toBe(`  ${TEXT}`);
  await page.keyboard.press("Escape");
  await page.keyboard.press("Tab");
  await expect(page.getByRole("button", { name: "after" })).toBeFocused();
  await expect(editor).toHaveAttribute("aria-description", /Escape/);
});

test("diagnostics and the selected state are shown, and the editor is accessible", async ({ page }) => {
  await edit(page);
  await call(page, "setDiagnostics", [{ from: 15, to: 18, severity: "error", message: "There is no state “A”", hint: "Add it to States" }]);
  await call(page, "highlight", 4, 25);
  await expect(page.locator(".cm-lintRange-error")).toHaveText('"A"');
  await expect(page.locator(".cm-lint-marker-error")).toBeVisible();
  await expect(page.locator(".cm-state-selected")).toHaveCount(2);
  await page.locator(".cm-lintRange-error").hover();
  await expect(page.locator(".cm-tooltip")).toContainText("Add it to States");
  await expectAccessible(page);
  await call(page, "highlight");
  await expect(page.locator(".cm-state-selected")).toHaveCount(0);
  await call(page, "setDiagnostics", []);
  await expect(page.locator(".cm-lintRange-error")).toHaveCount(0);
});

test("broken text and substitutions are no problem of the editor's own", async ({ page }) => {
  await edit(page, { text: '{"Resource": ${Arn}, ' });
  await page.keyboard.type("}");
  await expect(page.locator(".cm-lintRange, .cm-lint-marker")).toHaveCount(0);
});

test("line endings stay as they are, and offsets count them", async ({ page }) => {
  await edit(page, { text: "{\r\n  1\r\n}\r\n" });
  await call(page, "select", 6);
  await page.keyboard.press("Enter");
  expect((await seen(page)).changes).toEqual([[{ from: 6, to: 6, insert: "\r\n  " }]]);
  await call(page, "apply", [{ from: 0, to: 1, insert: "[\r\n" }]);
  expect(await text(page)).toBe("[\r\n\r\n  1\r\n  \r\n}\r\n");
  await call(page, "apply", [{ from: 0, to: 3, insert: "\n" }]);
  expect(await text(page)).toBe("\n\r\n  1\r\n  \r\n}\r\n");
});

test("a read-only editor takes no typing", async ({ page }) => {
  await edit(page, { readOnly: true });
  await page.keyboard.type("x");
  await page.keyboard.press("ControlOrMeta+z");
  expect(await text(page)).toBe(TEXT);
  expect(await seen(page)).toEqual({ changes: [], kinds: [], selections: [], keys: [] });
});

test("the text is mirrored by the editor itself", async ({ page }) => {
  await edit(page, { mirror: { id: "one", name: "First" } });
  await page.keyboard.type("  ");
  await expect.poll(() => page.evaluate(() => JSON.parse(localStorage.getItem("statelab.mirror.one"))?.text)).toBe(`  ${TEXT}`);
});
