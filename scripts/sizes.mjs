// Prints how large the built site is, by part; what is not needed to show the page is marked
// "later". The budget is tests/site/budget.json.
import { readFileSync } from "node:fs";

import { parts } from "./site.mjs";

const budget = JSON.parse(readFileSync(new URL("../tests/site/budget.json", import.meta.url), "utf8"));
const kilo = (bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(10);

const rows = parts().toSorted((a, b) => Number(b.onPage) - Number(a.onPage) || b.brotli - a.brotli);
const width = Math.max(...rows.map((part) => part.name.length));
console.log(`${"".padEnd(width)} ${"raw".padStart(10)} ${"brotli".padStart(10)}`);
for (const { name, raw, brotli, onPage } of rows) {
  console.log(`${name.padEnd(width)} ${kilo(raw)} ${kilo(brotli)}${onPage ? "" : "  later"}`);
}
const page = rows.filter((part) => part.onPage);
const sum = (key) => page.reduce((total, part) => total + part[key], 0);
console.log(`${"to show the page".padEnd(width)} ${kilo(sum("raw"))} ${kilo(sum("brotli"))}  of ${kilo(budget.page).trim()}`);
