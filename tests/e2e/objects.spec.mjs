// The objects of S3 beside a definition: given, read by a distributed Map, written by it, kept.
import { expect, expectAccessible, open, test } from "./fixtures.mjs";
import { define, inspector, prepare, runStatus, state, tab } from "./workbench.mjs";

const COUNT = {
  StartAt: "Each",
  States: {
    Each: {
      Type: "Map",
      Label: "each",
      ItemReader: {
        Resource: "arn:aws:states:::s3:getObject",
        ReaderConfig: { InputType: "CSV", CSVHeaderLocation: "FIRST_ROW" },
        Parameters: { Bucket: "shop", Key: "orders.csv" },
      },
      ItemProcessor: {
        ProcessorConfig: { Mode: "DISTRIBUTED", ExecutionType: "STANDARD" },
        StartAt: "Keep",
        States: { Keep: { Type: "Pass", OutputPath: "$.total", End: true } },
      },
      ResultWriter: { Resource: "arn:aws:states:::s3:putObject", Parameters: { Bucket: "shop", Prefix: "done" } },
      End: true,
    },
  },
};

const panel = (page) => page.getByRole("tabpanel", { name: "Input and mocks" });
const objects = (page) => panel(page).getByRole("list", { name: /^S3 objects/ }).getByRole("listitem");
const path = (page) => objects(page).getByRole("textbox", { name: /^Bucket and key/ });
const text = (page) => objects(page).getByRole("textbox", { name: /^Text of/ });

test("a distributed Map reads objects that are given, and what it writes is shown", async ({ page }) => {
  await open(page);
  await define(page, COUNT);
  await prepare(page, { input: "{}", mocks: "" });
  await page.getByRole("button", { name: "Add an object" }).focus();
  await page.keyboard.press("Enter");
  await path(page).fill("orders.csv");
  await expect(objects(page)).toContainText("A bucket and a key, parted by a slash");
  await path(page).fill("shop/orders.csv");
  await page.keyboard.press("Tab");
  await page.keyboard.press("Tab");
  await expect(text(page)).toBeFocused();
  await page.keyboard.insertText("id,total\n1,20\n2,22\n");
  await expectAccessible(page);
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(runStatus(page)).toHaveText(/^Execution succeeded/);

  // What runs in child executions has a status as well.
  await expect(state(page, "Keep")).toHaveAttribute("aria-label", /succeeded/);
  await state(page, "Keep").click();
  await expect(inspector(page)).toContainText("Child executions of the Map Run came here 2 times");
  await state(page, "Each").click();
  const facts = inspector(page).getByRole("tabpanel", { name: "Data flow" });
  await expect(facts).toContainText("Map Run");
  await expect(facts.locator("dl").first()).toHaveText(/Items2Succeeded2Results written2Child executions2/);
  await tab(page, "Input and mocks").click();
  const written = panel(page).getByRole("list", { name: "Written by the last run" });
  await written.getByText(/SUCCEEDED_0\.json$/).click();
  await expect(written.locator("pre:visible")).toContainText('\\"20\\"');
  await expectAccessible(page);

  await page.reload();
  await tab(page, "Input and mocks").click();
  await expect(text(page)).toHaveValue("id,total\n1,20\n2,22\n");
  await objects(page).getByRole("button", { name: "Remove shop/orders.csv" }).click();
  await expect(objects(page)).toHaveCount(0);
  await page.getByRole("button", { name: "Put shop/orders.csv back" }).click();
  await expect(path(page)).toHaveValue("shop/orders.csv");
});

test("files become objects", async ({ page }) => {
  await open(page);
  await prepare(page, { input: "{}", mocks: "" });
  const chosen = page.waitForEvent("filechooser");
  await panel(page).getByRole("button", { name: "Add files…" }).click();
  const large = `id\n${Array.from({ length: 20_000 }, (_, index) => index).join("\n")}\n`;
  await (await chosen).setFiles([
    { name: "small.csv", mimeType: "text/csv", buffer: Buffer.from("id\n1\n") },
    { name: "large.csv", mimeType: "text/csv", buffer: Buffer.from(large) },
  ]);
  await expect(objects(page)).toHaveCount(2);
  await expect(objects(page).filter({ hasText: "108 kB of text, too long to be shown here" })).toHaveCount(1);
  await expect(text(page)).toHaveValue("id\n1\n");
});

test("a Map of 100,000 items runs to its end, and says how far it is", async ({ page, problems }) => {
  await open(page);
  await define(page, COUNT);
  await prepare(page, { input: "{}", mocks: "" });
  const chosen = page.waitForEvent("filechooser");
  await panel(page).getByRole("button", { name: "Add files…" }).click();
  const lines = Array.from({ length: 100_000 }, (_, index) => `${index},${index % 97}`);
  await (await chosen).setFiles([{ name: "orders.csv", mimeType: "text/csv", buffer: Buffer.from(`id,total\n${lines.join("\n")}\n`) }]);
  await path(page).fill("shop/orders.csv");
  await page.keyboard.press("ControlOrMeta+Enter");
  await expect(runStatus(page)).toHaveText(/^Running, \d+ events, \d+ of 100000 items$/);
  await expect(runStatus(page)).toHaveText(/^Execution succeeded/, { timeout: 60_000 });
  await state(page, "Each").click();
  await expect(inspector(page).locator("dl").first()).toHaveText(/Items100000Succeeded100000/);
  expect(problems).toEqual([]);
});
