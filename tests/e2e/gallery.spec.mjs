// The gallery: found, opened by mouse and keyboard, run by test case; and what happens when
// it cannot be loaded.
import { readFileSync } from "node:fs";

import { groups } from "../../scripts/examples.mjs";
import { expect, expectAccessible, expectAccessibleInThemes, open, test } from "./fixtures.mjs";
import { runStatus, state, tab } from "./workbench.mjs";

const FILE = /\/examples-[0-9a-f]+\.json$/;
const all = groups().flatMap(({ examples }) => examples);

const library = (page) => page.getByRole("complementary", { name: "Library" });
const entries = (page) => library(page).locator(".entry:visible");
const entry = (page, name) => page.locator(`#example-${name}`);
const search = (page) => library(page).getByRole("searchbox", { name: "Find an example" });
const documentName = (page) => page.getByRole("textbox", { name: "Name of the document" });
const testCases = (page) => library(page).getByRole("group", { name: "Test cases" });
const nextCase = (page) => page.locator("#next-case");

/** Opens the page with the examples shown. */
async function openGallery(page, options) {
  await open(page, options);
  await tab(page, "Examples").click();
  await expect(entries(page)).not.toHaveCount(0);
}

test("examples are found by words, and nothing found is said", async ({ page }) => {
  await openGallery(page);
  await expect(entries(page)).toHaveCount(all.length);
  await search(page).fill("sAgA reverse");
  await expect(entries(page)).toHaveCount(1);
  await expect(entry(page, "trip-saga")).toBeVisible();
  await search(page).fill("zebra");
  await expect(entries(page)).toHaveCount(0);
  await expect(library(page).getByRole("status")).toHaveText("No example is about that");
  await search(page).press("Escape");
  await expect(entries(page)).toHaveCount(all.length);
});

test("arrows walk the list, and Enter opens", async ({ page }) => {
  await openGallery(page);
  await search(page).focus();
  await search(page).fill("wait");
  const found = await entries(page).evaluateAll((buttons) => buttons.map((button) => button.id));
  expect(found.length).toBeGreaterThan(2);
  await page.keyboard.press("ArrowDown");
  await expect(page.locator(`#${found[0]}`)).toBeFocused();
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("ArrowDown");
  await expect(page.locator(`#${found[2]}`)).toBeFocused();
  await page.keyboard.press("End");
  await expect(page.locator(`#${found.at(-1)}`)).toBeFocused();
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowUp");
  await expect(search(page)).toBeFocused();
  // One stop of the Tab key for the whole list.
  await expect(library(page).locator(".entry:visible[tabindex='0']")).toHaveCount(1);

  await search(page).fill("saga");
  await page.keyboard.press("ArrowDown");
  await page.keyboard.press("Enter");
  await expect(documentName(page)).toHaveValue("trip-saga");
  await expect(entry(page, "trip-saga")).toHaveAttribute("aria-current", "true");
  await expect(library(page).locator("[aria-current]")).toHaveCount(1);
  await expect(state(page, "CancelHotel")).toBeVisible();
});

test("an example is run by its test cases, the chosen one being seen", async ({ page, problems }) => {
  await openGallery(page);
  await entry(page, "trip-saga").click();
  await expect(nextCase(page)).toHaveValue("NoCarLeft");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(runStatus(page)).toContainText("Execution failed");
  await expect(state(page, "CancelHotel")).toHaveAttribute("aria-label", /succeeded$/);

  await testCases(page).getByRole("button", { name: "AllBooked" }).click();
  await expect(runStatus(page)).toContainText("Execution succeeded");
  await expect(nextCase(page)).toHaveValue("AllBooked");
  await expect(testCases(page).getByRole("button", { name: "AllBooked" })).toHaveAttribute("aria-pressed", "true");
  await expect(state(page, "TripBooked")).toHaveAttribute("aria-label", /succeeded$/);

  await nextCase(page).selectOption("HotelIsFull");
  await page.getByRole("button", { name: /^Run/ }).click();
  await expect(runStatus(page)).toContainText("Execution failed");
  await expect(state(page, "RentCar")).toHaveAttribute("aria-label", /not reached$/);

  // Another example brings its own test cases, and the first of them is next.
  await entry(page, "ask-a-human").click();
  await expect(nextCase(page)).toHaveValue("AskMe");
  await testCases(page).getByRole("button", { name: "AskMe" }).click();
  await expect(runStatus(page)).toHaveText("Waiting for the result of AskApprover");
  await testCases(page).getByRole("button", { name: "Denied" }).click();
  await expect(runStatus(page)).toContainText("Execution failed");
  // Without test cases there is nothing to choose.
  await entry(page, "intrinsic-functions").click();
  await expect(nextCase(page)).toHaveCount(0);
  expect(problems).toEqual([]);
});

test("every example opens without a problem and runs to the end of its first test case", async ({ page }) => {
  test.setTimeout(180_000);
  await openGallery(page);
  const ends = { SUCCEEDED: /^Execution succeeded/, FAILED: /^Execution failed/, PENDING: /^Waiting for the result/ };
  for (const { name } of all) {
    const facts = JSON.parse(readFileSync(new URL(`../../www/examples/${name}/example.json`, import.meta.url), "utf8"));
    await entry(page, name).click();
    await expect(documentName(page)).toHaveValue(new RegExp(`^${name}`));
    await expect(page.getByRole("contentinfo")).toContainText("No errors");
    await page.keyboard.press("ControlOrMeta+Enter");
    await expect(runStatus(page), name).toHaveText(ends[facts.cases[0].expect.status]);
  }
});

test("a gallery that cannot be loaded says why, and can be asked again", async ({ page }) => {
  await page.route(FILE, (route) => route.abort());
  await open(page);
  await tab(page, "Examples").click();
  await expect(library(page).getByRole("alert")).toHaveText("The examples did not come. The site cannot be reached. Are you offline?");
  await expectAccessible(page);
  await page.unroute(FILE);
  await page.route(FILE, (route) => route.fulfill({ status: 404, body: "gone" }));
  await library(page).getByRole("button", { name: "Try again" }).click();
  await expect(library(page).getByRole("alert")).toContainText("The site answered 404");
  await page.unroute(FILE);
  await page.route(FILE, (route) => route.fulfill({ body: "<!doctype html>" }));
  await library(page).getByRole("button", { name: "Try again" }).click();
  await expect(library(page).getByRole("alert")).toContainText("are no examples");
  await page.unroute(FILE);
  await library(page).getByRole("button", { name: "Try again" }).click();
  await expect(entries(page)).toHaveCount(all.length);
});

test("a slow gallery says that it is on its way", async ({ page }) => {
  let answer;
  const asked = new Promise((resolve) => page.route(FILE, (route) => {
    answer = () => route.continue();
    resolve();
  }));
  await open(page);
  await tab(page, "Examples").click();
  await asked;
  await expect(library(page).getByRole("status")).toHaveText("Loading the examples…");
  await answer();
  await expect(entries(page)).toHaveCount(all.length);
});

test("the gallery keeps the rules of accessibility", async ({ page }) => {
  await openGallery(page);
  await entry(page, "trip-saga").click();
  await expect(testCases(page)).toBeVisible();
  await expectAccessibleInThemes(page);
  await page.setViewportSize({ width: 390, height: 844 });
  await page.getByRole("navigation", { name: "Places" }).getByRole("button", { name: "Library" }).click();
  await expect(entry(page, "trip-saga")).toBeVisible();
  await expectAccessibleInThemes(page);
  const low = await library(page).locator(".gallery :is(button, input):visible").evaluateAll((targets) =>
    targets.map((target) => [target.textContent, target.getBoundingClientRect().height]).filter(([, height]) => height < 44),
  );
  expect(low).toEqual([]);
});
