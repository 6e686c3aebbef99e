// Expressions tried out against the values of the last run.
import { expect, expectAccessibleInThemes, open, test } from "./fixtures.mjs";
import { define, prepare, runStatus, state } from "./workbench.mjs";

const LOOP = JSON.stringify({
  QueryLanguage: "JSONata",
  StartAt: "Add",
  States: {
    Add: { Type: "Pass", Assign: { sum: "{% $states.input.n + 1 %}" }, Output: "{% {'n': $states.input.n + 1} %}", Next: "More?" },
    "More?": { Type: "Choice", Choices: [{ Condition: "{% $states.input.n < 3 %}", Next: "Add" }], Default: "Done" },
    Done: { Type: "Succeed" },
  },
}, null, 2);

const pad = (page) => page.getByRole("tabpanel", { name: "Scratchpad" });
const expression = (page) => pad(page).getByRole("textbox", { name: /Expression/ });
const value = (page) => pad(page).getByRole("region", { name: "Value of the expression" });
const choose = (page, what) => pad(page).getByRole("combobox", { name: what });

async function show(page) {
  await page.keyboard.press("F1");
  await page.keyboard.type("scratchpad");
  await page.keyboard.press("Enter");
  await expect(expression(page)).toBeFocused();
}

test("an expression has a value before anything was run", async ({ page, problems }) => {
  await open(page);
  await show(page);
  await choose(page, "Language").selectOption("JSONata");
  await page.keyboard.press("Tab");
  await expression(page).fill("$sum([1..4])");
  await expect(value(page)).toHaveText("10");
  await expression(page).fill("1 + ");
  await expect(pad(page).getByRole("status")).toContainText("S0207");
  await expression(page).fill("nothing.here");
  await expect(pad(page).getByRole("status")).toContainText("no value");
  await expression(page).fill("");
  await expect(pad(page)).toContainText("Write an expression");
  expect(problems).toEqual([]);
});

test("it sees the visits of the selected state, and the execution", async ({ page, problems }) => {
  await open(page);
  await define(page, LOOP);
  await prepare(page, { input: '{"n": 0}', mocks: "" });
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(runStatus(page)).toContainText("Execution succeeded");
  await show(page);
  await expression(page).fill("$.n");
  await expect(value(page)).toHaveText("0");
  await choose(page, "Value").selectOption("Output of the execution");
  await expect(value(page)).toHaveText("3");

  await state(page, "Add").click();
  await expect(choose(page, "Visit").getByRole("option")).toHaveText(["1", "2", "3"]);
  await expect(value(page)).toHaveText("3");
  await choose(page, "Visit").selectOption({ label: "2" });
  await expect(value(page)).toHaveText("2");
  await expression(page).fill("[$sum, $states.input, $states.context.State.Name]");
  await expect(value(page)).toContainText('"Add"');
  await expect(value(page)).toContainText('"n": 1');

  await choose(page, "Language").selectOption("JSONPath");
  await expression(page).fill("States.Format('{} of {}', $.n, $$.State.Name)");
  await expect(value(page)).toHaveText('"2 of Add"');
  await expression(page).fill("$.missing");
  await expect(pad(page).getByRole("status")).toContainText("No results for path: $['missing']");
  await expectAccessibleInThemes(page);
  expect(problems).toEqual([]);
});

test("hostile text is text, and an endless expression ends", async ({ page, problems }) => {
  await open(page);
  await show(page);
  await choose(page, "Language").selectOption("JSONata");
  await expression(page).fill(`"<img src=x onerror='globalThis.hit = 1'>" + `);
  await expect(pad(page).getByRole("region", { name: "Where it fails" })).toContainText("<img src=x");
  await expression(page).fill("($f := function($n) { $f($n + 1) }; $f(0))");
  await expect(pad(page).getByRole("status")).toBeVisible();
  await expression(page).fill("6 * 7");
  await expect(value(page)).toHaveText("42");
  expect(await page.evaluate(() => globalThis.hit)).toBeUndefined();
  expect(problems).toEqual([]);
});

// A stack that overflows would end the worker: the simulator's is 1 MB.
const DEEP = [
  ["a function that calls itself without an end", "($f := function($n) { 1 + $f($n + 1) }; $f(0))"],
  ["functions that call each other through others", "($f := function($n) { $map([$n], function($x) { $f($x + 1) }) }; $f(0))"],
  ["a thousand brackets", `${"(".repeat(1000)}1${")".repeat(1000)}`],
  ["a thousand arrays", `${"[".repeat(1000)}1${"]".repeat(1000)}`],
  ["a thousand conditions", "true ? ".repeat(1000)],
  ["a chain of ten thousand sums", Array(10_000).fill("1").join("+")],
  ["a regular expression that is deep", `$match("a", /${"(".repeat(1000)}a${")".repeat(1000)}/)`],
  ["JSON that is deep, read and written", `$string($eval("${"[".repeat(1000)}${"]".repeat(1000)}"))`],
];

for (const [what, text] of DEEP) {
  test(`${what} is answered, and the simulator goes on`, async ({ page, problems }) => {
    await open(page);
    await show(page);
    await choose(page, "Language").selectOption("JSONata");
    await expression(page).fill(text);
    await expect(pad(page).getByRole("status").or(value(page)).filter({ hasText: /\S/ }).first()).toBeVisible();
    await expect(pad(page)).not.toContainText("stopped working");
    await expression(page).fill("1 + 1");
    await expect(value(page)).toHaveText("2");
    expect(problems).toEqual([]);
  });
}
