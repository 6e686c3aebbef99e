// No rule of accessibility is broken, in any theme, in the situations people come into.
import { expect, expectAccessibleInThemes, open, test } from "./fixtures.mjs";
import { ASK, define, events, pendingTask, prepare, problems, runStatus, state, states } from "./workbench.mjs";

const BROKEN = ASK.replace('"Default": "Refuse"', '"Default": "Refuze"').replace('"Type": "Pass"', '"Type": "Pas"');

test("from the start to the end of a run", async ({ page }) => {
  test.slow();
  await open(page);
  await expect(states(page).first()).toBeVisible();
  await expectAccessibleInThemes(page);

  await define(page, BROKEN);
  await expect(problems(page)).not.toHaveCount(0);
  await expectAccessibleInThemes(page);

  await define(page, ASK);
  await prepare(page, { input: "{}", mocks: "" });
  await expectAccessibleInThemes(page);
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(pendingTask(page)).toBeVisible();
  await expectAccessibleInThemes(page);

  await pendingTask(page).getByRole("button", { name: "Fail with this error" }).click();
  await expect(runStatus(page)).toContainText("Execution failed");
  await state(page, "Read order").click();
  await events(page).focus();
  await page.keyboard.press("End");
  await expect(page.getByRole("region", { name: "Chosen event" })).toBeVisible();
  await expectAccessibleInThemes(page);

  await page.getByRole("button", { name: "Code", exact: true }).click();
  await expect(state(page, "Ship")).toBeHidden();
  await expectAccessibleInThemes(page);
});

test("on a narrow page", async ({ page }) => {
  test.slow();
  await page.setViewportSize({ width: 390, height: 844 });
  await open(page);
  const places = page.getByRole("navigation", { name: "Places" });
  for (const place of ["Canvas", "Code", "Input", "Problems"]) {
    await places.getByRole("button", { name: place }).click();
    await expectAccessibleInThemes(page);
  }
  await page.getByRole("button", { name: /^Run/ }).click();
  await expect(page.getByRole("region", { name: "Outcome" })).toBeVisible();
  await expectAccessibleInThemes(page);
  await places.getByRole("button", { name: "Canvas" }).click();
  await states(page).first().click();
  await expectAccessibleInThemes(page);
});
