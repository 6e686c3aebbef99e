// The built site: how large it is, and what its page may load.
import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

import { groups } from "../../scripts/examples.mjs";
import { files, folder, parts, plain, serve } from "../../scripts/site.mjs";

// Bytes after brotli. Raise one on purpose only.
const budget = JSON.parse(readFileSync(new URL("budget.json", import.meta.url), "utf8"));
// By how much a budget is missed, and why: entries may only shrink, and go.
const gaps = JSON.parse(readFileSync(new URL("known-gaps.json", import.meta.url), "utf8"));
const html = readFileSync(join(folder, "index.html"), "utf8");

/** How little less than its gap a part may miss its budget by, before the gap has to be made smaller. */
const SLACK = 4000;

for (const [name, allowed] of Object.entries(budget)) {
  test(`${name} is within its budget, but for the gap that is known`, () => {
    const chosen = parts().filter((part) => (name === "page" ? part.onPage : part.name === name));
    assert.ok(chosen.length > 0, `${name} is not in the site`);
    const size = chosen.reduce((sum, part) => sum + part.brotli, 0);
    const gap = gaps[name]?.bytes ?? 0;
    assert.ok(size <= allowed + gap, `${size} bytes; ${allowed} are allowed, and a gap of ${gap} is known`);
    if (gap > 0) assert.ok(size > allowed + gap - SLACK, `${size} bytes: the gap of ${name} has become ${Math.max(0, size - allowed)}`);
  });
}

test("every file but the page and the workers' loaders has the hash of its content in its name", () => {
  const unhashed = files().filter((file) => plain(file) === file);
  assert.deepEqual(unhashed, ["assistant_loader.js", "index.html", "worker_loader.js"]);
});

test("the page has no inline script and its policy allows none", () => {
  assert.doesNotMatch(html, /<script[^>]*>(?!<\/script>)/);
  const policy = html.match(/content="([^"]*script-src[^"]*)"/)[1];
  assert.match(policy, /script-src 'self' 'wasm-unsafe-eval'(;|$)/);
});

test("every address in the page is relative and there", () => {
  const addresses = [...html.matchAll(/(?:src|href)=["']?([^"' >]+)/g)].map((match) => match[1]);
  const workers = ["worker", "assistant"].map((name) => html.match(`name="statelab-${name}" content="([^"?]+)`)[1]);
  const examples = html.match(/name="statelab-examples" content="([^"]+)"/)[1];
  const editor = ["more", "help"].map((name) => html.match(`name="statelab-editor-${name}" content="([^"]+)`)[1]);
  for (const address of [...addresses, ...workers, examples, ...editor]) {
    assert.match(address, /^\.\//);
    assert.ok(files().includes(address.slice(2)), `${address} is missing`);
  }
});

test("the examples are in the site, text by text", () => {
  const file = files().find((file) => plain(file) === "examples.json");
  assert.deepEqual(JSON.parse(readFileSync(join(folder, file), "utf8")), groups());
});

test("the server names the types and compresses", async () => {
  const { url, close } = await serve({ prefix: "/some/folder/" });
  try {
    const wasm = files().find((file) => plain(file) === "playground_bg.wasm");
    const response = await fetch(url + wasm, { headers: { "accept-encoding": "br" } });
    assert.equal(response.headers.get("content-type"), "application/wasm");
    assert.equal(response.headers.get("content-encoding"), "br");
    assert.equal((await fetch(`${url}..%2f..%2fCargo.toml`)).status, 404);
  } finally {
    await close();
  }
});
