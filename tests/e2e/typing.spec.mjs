// What a key costs: layouts are counted, not timed.
import { expect, open, test } from "./fixtures.mjs";
import { ASK, cursorAt, define, kept, state } from "./workbench.mjs";

const layouts = (page) => page.evaluate(() => performance.getEntriesByName("statelab.layout").length);

/** Puts the cursor into a line, so many characters before its end. */
async function cursorBefore(page, line, characters) {
  await cursorAt(page, line);
  await page.keyboard.press("End");
  for (let count = 0; count < characters; count += 1) await page.keyboard.press("ArrowLeft");
}

test("what the graph does not show is typed without a layout", async ({ page }) => {
  await open(page);
  await define(page, ASK);
  await expect(state(page, "Refuse")).toBeVisible();
  const before = await layouts(page);
  expect(before).toBeGreaterThan(0);
  await cursorBefore(page, '"Payload.$": "$" }', '" },'.length);
  await page.keyboard.type(".order.items");
  await expect.poll(() => kept(page)).toContain('"Payload.$": "$.order.items" }');
  expect(await layouts(page)).toBe(before);
});

test("what the graph shows is laid out once for each key", async ({ page }) => {
  await open(page);
  await define(page, ASK);
  await expect(state(page, "Refuse")).toBeVisible();
  const before = await layouts(page);
  await cursorBefore(page, '"Default": "Refuse"', '"'.length);
  await page.keyboard.type("dXY");
  await expect(state(page, "RefusedXY")).toHaveCount(1);
  expect(await layouts(page)).toBe(before + 3);
});
