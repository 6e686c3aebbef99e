// A trap of the application's own WebAssembly takes nothing with it that was written.
import { readFileSync } from "node:fs";

import { expect, open, test } from "./fixtures.mjs";
import { ASK, cursorAt, define, editor, kept, state, states } from "./workbench.mjs";

/** Calls an exported function of the application with nonsense until one traps; `main` would only start another one. */
const trap = (page) =>
  page.evaluate(() => {
    const named = Object.entries(globalThis.wasmExports).filter(([name]) => !/^(main|__wbindgen_start)$/.test(name));
    const functions = named.map(([, value]) => value).filter((value) => typeof value === "function");
    for (const call of functions) {
      setTimeout(() => {
        if (!document.querySelector(".guard")) call(0x7fff_fff0, 0x7fff_fff0, 0x7fff_fff0, 0x7fff_fff0);
      });
    }
  });

async function openWithExports(page) {
  await page.addInitScript(() => {
    addEventListener("TrunkApplicationStarted", ({ detail }) => (globalThis.wasmExports = detail.wasm));
  });
  await open(page);
}

test("after a trap the latest text can be copied and downloaded, and comes back", async ({ page, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await openWithExports(page);
  await define(page, ASK);
  await cursorAt(page, '"Error": "NotPaid"');
  await page.keyboard.press("End");
  await page.keyboard.type("/");
  await page.keyboard.press("Backspace");
  await page.keyboard.insertText("  ");
  const latest = ASK.replace('"NotPaid"\n', '"NotPaid"  \n');
  await trap(page);

  const screen = page.getByRole("alertdialog");
  await expect(screen).toContainText("The application has stopped");
  await expect(screen).toContainText("RuntimeError");
  await expect(screen.getByRole("textbox")).toHaveValue(latest);
  const download = page.waitForEvent("download");
  await screen.getByRole("button", { name: "Download text" }).click();
  expect(readFileSync(await (await download).path(), "utf8")).toBe(latest);
  await screen.getByRole("button", { name: "Copy text" }).click();
  await expect(screen.getByRole("button", { name: "Copied" })).toBeVisible();
  expect(await page.evaluate(() => navigator.clipboard.readText())).toBe(latest);
  await screen.getByRole("button", { name: "Reload" }).click();
  await expect(screen).toHaveCount(0);
  await expect(states(page)).toHaveCount(4);
  await expect(editor(page)).toContainText('"Error": "NotPaid"  ');
  expect(await kept(page)).toBe(latest);
});

test("text that is typed right before the page is closed is there when it is opened again", async ({ page, context }) => {
  await open(page);
  await define(page, ASK);
  await cursorAt(page, '"Error": "NotPaid"');
  await page.keyboard.press("End");
  await page.keyboard.type(', "Cause": "late"');
  await page.close({ runBeforeUnload: true });
  const again = await context.newPage();
  await open(again);
  await expect(state(again, "Refuse")).toBeVisible();
  expect(await kept(again)).toContain('"Error": "NotPaid", "Cause": "late"');
});
