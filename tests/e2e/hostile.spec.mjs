// Whatever is pasted, the page stays alive, says where the mistake is, and shows names as
// text and nothing else.
import { expect, open, test } from "./fixtures.mjs";
import { ASK, define, fit, editor, events, inspector, kept, paste, prepare, problems, runStatus, state, states, statusBar } from "./workbench.mjs";

/** The page still takes a definition, draws it and runs it. */
async function expectAlive(page) {
  await define(page, { StartAt: "Alive", States: { Alive: { Type: "Succeed" } } });
  await expect(states(page)).toHaveCount(1);
  await expect(state(page, "Alive")).toBeVisible();
  await prepare(page, { input: "{}", mocks: "" });
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(runStatus(page)).toHaveText("Execution succeeded after 4 events");
}

const lines = (...lines) => lines.join("\n");

const MISTAKES = [
  ["a missing brace at the end", ASK.trimEnd().slice(0, -1), /1:1Add }$/],
  ["a missing bracket", ASK.replace("]", ""), /1[3-7]:\d+/],
  ["a missing comma", ASK.replace('"Type": "Pass",', '"Type": "Pass"'), /(19|20):\d+/],
  ["a comma too many", ASK.replace('"End": true', '"End": true,'), /2[12]:\d+/],
  ["a missing colon", ASK.replace('"Error":', '"Error"'), /25:\d+/],
  ["an open string", ASK.replace('"NotPaid"', '"NotPaid'), /25:\d+/],
  ["a wrong escape", ASK.replace("NotPaid", "Not\\qPaid"), /25:\d+/],
  ["single quotes", ASK.replace('"NotPaid"', "'NotPaid'"), /25:\d+/],
  ["a comment", ASK.replace('"Error"', '/* why */ "Error"'), /25:\d+/],
  ["a duplicate key", ASK.replace('"Error"', '"Type": "Fail", "Error"'), /25:\d+/],
  ["a control character", ASK.replace("NotPaid", "Not\u0000Paid"), /25:\d+/],
];

test("mistakes of syntax are marked in their places, and the other states stay drawn", async ({ page }) => {
  test.slow();
  await open(page);
  for (const [what, text, place] of MISTAKES) {
    await test.step(what, async () => {
      await define(page, ASK);
      await expect(states(page)).toHaveCount(4);
      await define(page, text);
      await expect(problems(page).first()).toContainText(place);
      await expect(page.locator(".cm-lint-marker").first()).toBeVisible();
      for (const name of ["Read order", "Is it paid?", "Ship"]) await expect(state(page, name)).toBeVisible();
      await expectAlive(page);
    });
  }
});

const wrong = [
  lines("["), "", "null", "true", "[]", '"text"', "{}", "}", "]]]]", ":", "\u0000", "{{{{{{{{", "\\", "${A}", "\uFEFF{}",
  JSON.stringify({ StartAt: 1, States: [] }),
  JSON.stringify({ StartAt: {}, States: { A: null, B: [], C: 1, D: "x", E: { Type: 1 }, F: { Type: {} } } }),
  JSON.stringify({
    Comment: 1, QueryLanguage: [], TimeoutSeconds: "1", Version: {}, StartAt: null,
    States: Object.fromEntries(
      ["Task", "Pass", "Choice", "Wait", "Succeed", "Fail", "Parallel", "Map"].flatMap((Type) =>
        [null, 1, "x", [1], { x: 1 }].map((value, index) => [
          `${Type} ${index}`,
          Object.fromEntries([
            ["Type", Type],
            ...["Comment", "Next", "End", "Resource", "Parameters", "ResultPath", "InputPath", "OutputPath", "ResultSelector", "Result", "Retry", "Catch",
              "TimeoutSeconds", "HeartbeatSeconds", "Choices", "Default", "Seconds", "Timestamp", "SecondsPath", "Error", "Cause", "Branches", "Iterator",
              "ItemProcessor", "ItemsPath", "ItemSelector", "MaxConcurrency", "ItemReader", "ResultWriter", "Assign", "Credentials"].map((field) => [field, value]),
          ]),
        ]),
      ),
    ),
  }),
];

test("wrong types everywhere are problems and nothing worse", async ({ page, problems: said }) => {
  await open(page);
  for (const text of wrong) {
    await paste(page, text);
    if (text !== "") await expect.poll(() => kept(page)).toBe(text);
    if (text !== "") await expect(problems(page).first()).toBeVisible();
  }
  await expectAlive(page);
  expect(said).toEqual([]);
});

const HEAVY = [
  ["10,000 nested lists", "[".repeat(10_000)],
  ["10,000 nested lists with their ends", "[".repeat(10_000) + "]".repeat(10_000)],
  ["10,000 nested objects in a state", `{"StartAt": "A", "States": {"A": {"Type": "Pass", "Result": ${'{"a": '.repeat(10_000)}1${"}".repeat(10_000)}, "End": true}}}`],
  ["10,000 nested Parallels", `{"StartAt": "A", "States": {"A": ${'{"Type": "Parallel", "End": true, "Branches": [{"StartAt": "A", "States": {"A": '.repeat(5_000)}{"Type": "Succeed"}${"}}]}".repeat(5_000)}}}`],
  ["a megabyte of garbage", Array.from({ length: 20_000 }, (_, index) => `{"${(index * 7919) % 1009}": [}, 'x' \\ ${index * 104_729}:: </script>`).join("\n").slice(0, 1_000_000)],
  ["a megabyte in one line", "x\"{[,:]}' ".repeat(100_000)],
];

test("what is deep or large leaves the page alive", async ({ page }) => {
  test.slow();
  await open(page);
  for (const [what, text] of HEAVY) {
    await test.step(what, async () => {
      await paste(page, text);
      await expect(problems(page).first()).toBeVisible();
      await expect.poll(() => kept(page)).toBe(text);
      await expectAlive(page);
      await expect(page.getByRole("alertdialog")).toHaveCount(0);
    });
  }
});

test("half a character is replaced as it comes in, and the text is found again", async ({ page }) => {
  await open(page);
  const text = JSON.stringify({ StartAt: "A", States: { A: { Type: "Succeed", Comment: "#" } } });
  await paste(page, text.replace("#", "\ud83d and \ude00"));
  const whole = text.replace("#", "\ufffd and \ufffd");
  await expect.poll(() => kept(page)).toBe(whole);
  await expect(editor(page)).toContainText("\ufffd and \ufffd");
  await page.reload();
  await expect(state(page, "A")).toBeVisible();
  await expect(editor(page)).toContainText("\ufffd and \ufffd");
  expect(await kept(page)).toBe(whole);
});

test("hostile names are shown as the text they are", async ({ page, problems: said }) => {
  const names = [
    "<img src=x onerror=globalThis.hacked=1>",
    "\"><script>globalThis.hacked=1</script>",
    "</text></svg><iframe srcdoc='<script>parent.hacked=1</script>'>",
    "javascript:globalThis.hacked=1",
    "{{constructor.constructor('hacked=1')()}}",
    "' onclick='hacked=1",
    "\u202eright to left\u202c",
    "a/b~c~0d~1",
    "__proto__",
    "constructor",
    "#grid) url(#a",
    "&lt;b&gt;&amp;",
    " ",
    "line\nbreak",
    "👩‍👩‍👧‍👦",
    "x".repeat(1_000),
  ];
  const States = Object.fromEntries(
    names.map((name, index) => [
      name,
      index === names.length - 1
        ? { Type: "Fail", Error: names[0], Cause: names[1] }
        : { Type: "Pass", Comment: names[0], Result: { [names[0]]: names[1] }, Next: names[index + 1] },
    ]),
  );
  await open(page);
  const members = names.map((name) => `${JSON.stringify(name)}: ${JSON.stringify(States[name])}`);
  await define(page, `{"Comment": ${JSON.stringify(names[0])}, "StartAt": ${JSON.stringify(names[0])}, "States": {\n${members.join(",\n")}\n}}`);
  await fit(page);
  await expect(states(page)).toHaveCount(names.length);
  const labels = await states(page).evaluateAll((nodes) => nodes.map((node) => node.getAttribute("aria-label")));
  for (const name of names) expect(labels.filter((label) => label.startsWith(`${name}, `))).toHaveLength(1);

  await prepare(page, { input: JSON.stringify({ [names[0]]: names[1] }), mocks: "" });
  const field = page.getByRole("textbox", { name: "Name of the document" });
  await field.fill(names[0]);
  await field.press("Enter");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(page.getByRole("alert").or(page.getByRole("region", { name: "Outcome" }))).toBeVisible();
  for (let index = 0; index < names.length; index += 1) {
    await states(page).nth(index).dispatchEvent("click");
    await expect(inspector(page).getByRole("heading", { level: 2 })).toHaveText(names[index]);
    await page.getByRole("tab", { name: "Definition" }).click();
    await page.getByRole("tab", { name: "Data flow" }).click();
  }
  if (await events(page).isVisible()) {
    await events(page).focus();
    await page.keyboard.press("End");
    await page.keyboard.press("Home");
  }
  await page.getByRole("tab", { name: "Code", exact: true }).click();
  await define(page, ASK.replaceAll("Refuse", names[0]).replace(`"Default": "${names[0]}"`, '"Default": "<img src=x onerror=hacked=1>"'));
  await expect(problems(page).filter({ hasText: "No state is named <img src=x onerror=hacked=1>" })).toBeVisible();
  await page.locator(".cm-lintRange-error").first().hover();
  await expect(page.locator(".cm-tooltip")).toContainText("<img");

  expect(await page.evaluate(() => globalThis.hacked)).toBeUndefined();
  await expect(page.locator("img, iframe, body script:not([src])")).toHaveCount(0);
  await expect(statusBar(page)).toBeVisible();
  expect(said).toEqual([]);
});
