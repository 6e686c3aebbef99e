// Prints how large the built site is, by part. The budget is tests/site/budget.json.
import { parts } from "./site.mjs";

const kilo = (bytes) => `${(bytes / 1000).toFixed(1)} kB`.padStart(10);

const rows = parts();
const width = Math.max(...rows.map((part) => part.name.length));
console.log(`${"".padEnd(width)} ${"raw".padStart(10)} ${"brotli".padStart(10)}`);
for (const { name, raw, brotli } of rows) console.log(`${name.padEnd(width)} ${kilo(raw)} ${kilo(brotli)}`);
const page = rows.filter((part) => part.onPage);
const sum = (key) => page.reduce((total, part) => total + part[key], 0);
console.log(`${"to show the page".padEnd(width)} ${kilo(sum("raw"))} ${kilo(sum("brotli"))}`);
