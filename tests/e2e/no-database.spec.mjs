// Where the browser keeps nothing, work goes on in memory, and the page says so.
import { readFileSync } from "node:fs";

import { expect, expectAccessible, open, test } from "./fixtures.mjs";
import { ASK, define, documentRow, documentRows, documentsTab, notice, paste, saved, state, states, toast } from "./workbench.mjs";

const machine = (name) => JSON.stringify({ StartAt: name, States: { [name]: { Type: "Succeed" } } }, null, 2);

const NO_DATABASE = {
  "there is no IndexedDB": () => Object.defineProperty(globalThis, "indexedDB", { value: undefined }),
  "opening it throws": () => {
    IDBFactory.prototype.open = () => {
      throw new DOMException("denied", "SecurityError");
    };
  },
  "opening it fails": () => {
    IDBFactory.prototype.open = () => {
      const request = new EventTarget();
      request.error = new DOMException("A mutation operation was attempted", "InvalidStateError");
      queueMicrotask(() => request.dispatchEvent(new Event("error")));
      return request;
    };
  },
};

for (const [what, init] of Object.entries(NO_DATABASE)) {
  test(`where ${what}, documents live in the tab, and the page says so`, async ({ page, problems: said }) => {
    await page.addInitScript(init);
    await open(page);
    await documentsTab(page).click();
    await expect(notice(page)).toContainText("This browser keeps no documents.");
    await expectAccessible(page);
    await define(page, ASK);
    await expect(saved(page)).toHaveText("Only this document is kept");
    await page.getByRole("button", { name: "New", exact: true }).click();
    await define(page, machine("Second"));
    await expect(documentRows(page)).toHaveCount(2);
    await documentRow(page, "order-processing").getByRole("button").first().click();
    await expect(states(page)).toHaveCount(4);
    await documentRow(page, "untitled").getByRole("button").first().click();
    await expect(state(page, "Second")).toBeVisible();

    const download = page.waitForEvent("download");
    await notice(page).getByRole("button", { name: "Download it" }).click();
    expect(readFileSync(await (await download).path(), "utf8")).toBe(machine("Second"));

    // The open document survives in the mirror.
    page.on("dialog", (dialog) => dialog.accept());
    await page.reload();
    await expect(state(page, "Second")).toBeVisible();
    expect(said).toEqual([]);
  });
}

const NO_ROOM = () => {
  const full = () => {
    throw new DOMException("full", "QuotaExceededError");
  };
  IDBObjectStore.prototype.put = full;
  Storage.prototype.setItem = full;
};

test("a database that answers late takes what was kept in memory until then", async ({ page, problems: said }) => {
  await page.addInitScript(() => {
    const { open } = IDBFactory.prototype;
    IDBFactory.prototype.open = function (...args) {
      const request = open.apply(this, args);
      const late = new Promise((resolve) => (globalThis.answer = resolve));
      // What listens for the answer hears it when the test lets it.
      const { addEventListener } = request;
      request.addEventListener = (type, listener, options) =>
        addEventListener.call(request, type, type === "success" ? (event) => late.then(() => listener.call(request, event)) : listener, options);
      return request;
    };
  });
  await open(page);
  await documentsTab(page).click();
  await expect(notice(page)).toContainText("This browser keeps no documents.");
  await define(page, ASK);
  await page.getByRole("button", { name: "New", exact: true }).click();
  await define(page, machine("Second"));
  await page.evaluate(() => globalThis.answer());
  await expect(notice(page)).toBeEmpty();
  await expect(saved(page)).toHaveText("Saved on this device");
  await page.reload();
  await page.waitForFunction(() => globalThis.answer);
  await page.evaluate(() => globalThis.answer());
  await expect(documentRows(page)).toHaveCount(2);
  await documentRow(page, "order-processing").getByRole("button").first().click();
  await expect(states(page)).toHaveCount(4);
  expect(said).toEqual([]);
});

test("where the device is full, the page says so until there is room again", async ({ page }) => {
  await open(page);
  await define(page, ASK);
  await expect(saved(page)).toHaveText("Saved on this device");
  await page.evaluate(() => {
    globalThis.room = [IDBObjectStore.prototype.put, Storage.prototype.setItem];
  });
  await page.evaluate(NO_ROOM);
  await define(page, machine("Too much"));
  await expect(saved(page)).toHaveText("Not saved: this device's storage is full");
  await expect(notice(page)).toContainText("storage is full");
  await expectAccessible(page);
  await page.keyboard.press("ControlOrMeta+s");
  await expect(toast(page)).toContainText("Download it to keep it");

  // Leaving the page now would lose something: the browser asks.
  const asked = new Promise((resolve) => {
    page.once("dialog", async (dialog) => {
      resolve(dialog.type());
      await dialog.dismiss();
    });
  });
  await page.close({ runBeforeUnload: true });
  expect(await asked).toBe("beforeunload");

  await page.evaluate(() => {
    [IDBObjectStore.prototype.put, Storage.prototype.setItem] = globalThis.room;
  });
  await page.keyboard.press("ControlOrMeta+s");
  await expect(saved(page)).toHaveText("Saved on this device");
  await expect(notice(page)).toBeEmpty();
  await page.reload();
  await expect(state(page, "Too much")).toBeVisible();
});

test("where nothing at all can be kept, work goes on", async ({ page }) => {
  await page.addInitScript(NO_ROOM);
  await page.addInitScript(NO_DATABASE["opening it throws"]);
  await open(page);
  await paste(page, ASK);
  await expect(saved(page)).toContainText("Not saved");
  await expect(notice(page)).toContainText("This browser keeps no documents.");
  await expect(states(page)).toHaveCount(4);
  await documentsTab(page).click();
  await page.getByRole("button", { name: "New", exact: true }).click();
  await expect(state(page, "Hello")).toBeVisible();
  await documentRow(page, "order-processing").getByRole("button").first().click();
  await expect(states(page)).toHaveCount(4);
});

test("a large document that the mirror does not take comes from the database", async ({ page }) => {
  await page.addInitScript(() => {
    const { setItem } = Storage.prototype;
    Storage.prototype.setItem = function (key, value) {
      if (key.startsWith("statelab.mirror.")) throw new DOMException("full", "QuotaExceededError");
      return setItem.call(this, key, value);
    };
  });
  await open(page);
  await define(page, ASK);
  await expect(saved(page)).toHaveText("Saved on this device");
  await page.reload();
  await expect(states(page)).toHaveCount(4);
  await expect(saved(page)).toHaveText("Saved on this device");
});
