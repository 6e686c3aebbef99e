// The graph as a file of its own: SVG for pages and reviews, PNG for everything else.
import { readFileSync } from "node:fs";

import { expect, open, test } from "./fixtures.mjs";
import { ASK, define, state } from "./workbench.mjs";

/** Downloads by name, and tells the file's name and content. */
async function download(page, letters) {
  const done = page.waitForEvent("download");
  await page.keyboard.press("F1");
  await expect(page.getByRole("dialog", { name: "Commands" }).getByRole("combobox")).toBeFocused();
  await page.keyboard.type(letters);
  await page.keyboard.press("Enter");
  const file = await done;
  return { name: file.suggestedFilename(), content: readFileSync(await file.path()) };
}

test("the graph is downloaded as SVG, with what is in the text and nothing that runs", async ({ page }) => {
  await open(page);
  await define(page, ASK.replaceAll("Ship", "<script>alert(1)</script>"));
  await expect(state(page, "<script>alert(1)</script>")).toBeVisible();
  const { name, content } = await download(page, "graph as SVG");
  expect(name).toMatch(/\.svg$/);
  const shown = await page.evaluate((text) => {
    const picture = new DOMParser().parseFromString(text, "image/svg+xml");
    return { text: picture.documentElement.textContent, tag: picture.documentElement.tagName, scripts: picture.querySelectorAll("script, parsererror").length };
  }, content.toString());
  expect(shown.tag).toBe("svg");
  expect(shown.scripts).toBe(0);
  expect(shown.text).toContain("Read order");
  expect(shown.text).toContain("<script>");
});

test("the graph is downloaded as PNG, larger where it flows to the right", async ({ page }) => {
  await open(page);
  await define(page, ASK);
  await expect(state(page, "Ship")).toBeVisible();
  const size = ({ content }) => {
    expect(content.subarray(0, 8).toString("latin1")).toBe("\x89PNG\r\n\x1a\n");
    return { width: content.readUInt32BE(16), height: content.readUInt32BE(20) };
  };
  const upright = await download(page, "graph as PNG");
  expect(upright.name).toMatch(/\.png$/);
  expect(size(upright).height).toBeGreaterThan(size(upright).width / 2);
  await page.getByRole("button", { name: /left to right/i }).click();
  const lying = size(await download(page, "graph as PNG"));
  expect(lying.width).toBeGreaterThan(size(upright).width);
  expect(lying.height).toBeLessThan(size(upright).height);
});
