// Nothing that was written is lost when the rest of the page fails.
import { expect, expectAccessible, open, test } from "./fixtures.mjs";

/** Runs into a real trap outside of any caller. */
const trap = () =>
  setTimeout(() => {
    // (module (func (export "f") unreachable))
    const bytes = [0, 97, 115, 109, 1, 0, 0, 0, 1, 4, 1, 96, 0, 0, 3, 2, 1, 0, 7, 5, 1, 1, 102, 0, 0, 10, 5, 1, 3, 0, 0, 11];
    new WebAssembly.Instance(new WebAssembly.Module(new Uint8Array(bytes))).exports.f();
  });

test("a trap shows the text, to copy, to download and to reload", async ({ page }) => {
  await open(page);
  await page.evaluate(() => {
    statelabGuard.open("a", { name: "Order", text: "{}", beside: "", savedAt: 0 }, false);
    statelabGuard.keep("a", "Order", '{"StartAt": "Ü"}');
  });
  await page.evaluate(trap);
  const screen = page.getByRole("alertdialog");
  await expect(screen).toBeVisible();
  await expect(screen.getByRole("textbox")).toHaveValue('{"StartAt": "Ü"}');
  await expect(screen.getByRole("button", { name: "Reload" })).toBeFocused();
  await expectAccessible(page);
  const download = page.waitForEvent("download");
  await screen.getByRole("button", { name: "Download text" }).click();
  expect((await download).suggestedFilename()).toBe("Order.asl.json");
  await screen.getByRole("button", { name: "Copy text" }).click();
  await expect(screen.getByRole("button", { name: "Copied" })).toBeVisible();
  await screen.getByRole("button", { name: "Reload" }).click();
  await expect(screen).toHaveCount(0);
  await expect(page.getByRole("button", { name: /^Run/ })).toBeVisible();
});

test("other errors leave the page alone", async ({ page }) => {
  await open(page);
  await page.evaluate(() => {
    const told = ["error", "unhandledrejection"].map((type) => new Promise((resolve) => addEventListener(type, resolve, { once: true })));
    setTimeout(() => {
      throw new Error("an extension's own problem");
    });
    Promise.reject(new Error("another one"));
    return Promise.all(told).then(() => {});
  });
  await expect(page.getByRole("alertdialog")).toHaveCount(0);
});

test("many changes are few writes, and none is lost at the end", async ({ page }) => {
  // Without the application, which would move it from the mirror to its database.
  await page.route(/playground.*wasm/, (route) => route.abort());
  await page.goto(process.env.STATELAB_URL);
  const writes = await page.evaluate(() => {
    let writes = 0;
    const setItem = Storage.prototype.setItem;
    Storage.prototype.setItem = function (...args) {
      if (args[0].startsWith("statelab.mirror.")) writes += 1;
      return setItem.apply(this, args);
    };
    for (let index = 0; index < 100; index += 1) statelabGuard.keep("a", "A", `text ${index}`);
    return writes;
  });
  expect(writes).toBeLessThanOrEqual(1);
  await page.reload();
  expect(await page.evaluate(() => statelabGuard.kept().map(({ text }) => text))).toEqual(["text 99"]);
});

test("full and missing storage are told apart, and texts stay at hand", async ({ page }) => {
  await open(page);
  const states = await page.evaluate(async () => {
    const states = [];
    addEventListener("statelab-storage", ({ detail }) => states.push(detail));
    const said = () => new Promise((resolve) => addEventListener("statelab-storage", resolve, { once: true }));
    const full = said();
    statelabGuard.keep("big", "Big", "x".repeat(11e6));
    await full;
    const fits = said();
    statelabGuard.keep("big", "Big", "small");
    await fits;
    Storage.prototype.setItem = () => {
      throw new DOMException("no", "SecurityError");
    };
    const forbidden = said();
    statelabGuard.keep("big", "Big", "smaller");
    await forbidden;
    return [...states, statelabGuard.storage, statelabGuard.kept().find(({ id }) => id === "big").text];
  });
  expect(states).toEqual(["full", "ok", "none", "none", "smaller"]);
});
