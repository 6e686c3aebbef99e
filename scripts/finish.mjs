// Finishes what Trunk has built. Trunk runs this after every build.
//
// 1. The program of the page is cut into two files; not so in debug builds.
// 2. The start script moves from the page to a file of its own, so that the page's
//    Content-Security-Policy allows no inline script.
// 3. What the browser would only complain about is left out.
// 4. The workers' files get the hash of their content into their names, as the page's own
//    have. `worker_loader.js` and `assistant_loader.js` keep their names; the page finds them,
//    with a version, in `<meta name="statelab-worker">` and `<meta name="statelab-assistant">`.
// 5. So do the later files of the editor, named in `<meta name="statelab-editor-more">` and
//    `<meta name="statelab-editor-help">`.
// 6. The examples become one file, named in `<meta name="statelab-examples">`.
import { createHash } from "node:crypto";
import { readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";

import { groups } from "./examples.mjs";
import { split } from "./split.mjs";

const folder = process.env.TRUNK_STAGING_DIR;
if (!folder) throw new Error("TRUNK_STAGING_DIR is not set: this script is run by Trunk");

const hash = (content) => createHash("sha256").update(content).digest("hex").slice(0, 16);
const page = join(folder, "index.html");
let html = readFileSync(page, "utf8");

if (process.env.TRUNK_PROFILE === "release") html = await split(folder, html);

const base = process.env.TRUNK_PUBLIC_URL ?? "./";
html = html.replace(/<script type="?module"?>([^]*?)<\/script>/g, (_, code) => {
  const name = `start-${hash(code)}.js`;
  writeFileSync(join(folder, name), code.trim() + "\n");
  return `<script type="module" src="${base}${name}"></script>`;
});

// Browsers do not check the integrity of what is fetched ahead, and say so in the console.
html = html.replace(/<link [^>]*as="?fetch[^>]*>/g, (link) => link.replace(/ integrity=("[^"]*"|[^ >]+)/, ""));

for (const worker of ["worker", "assistant"]) {
  const wasm = `${worker}-${hash(readFileSync(join(folder, `${worker}_bg.wasm`)))}_bg.wasm`;
  renameSync(join(folder, `${worker}_bg.wasm`), join(folder, wasm));
  const bindings = replaced(join(folder, `${worker}.js`), `${worker}_bg.wasm`, wasm);
  const js = `${worker}-${hash(bindings)}.js`;
  writeFileSync(join(folder, `${worker}.js`), bindings);
  renameSync(join(folder, `${worker}.js`), join(folder, js));
  // Without a static import it starts as a module and as a classic script. What fails in it
  // is thrown, so that the page hears of it.
  const loader = `import("./${js}").then(({ default: init }) => init()).catch((error) => setTimeout(() => { throw error; }));\n`;
  writeFileSync(join(folder, `${worker}_loader.js`), loader);
  const address = `${base}${worker}_loader.js?v=${hash(loader)}`;
  html = html.replace("</head>", `<meta name="statelab-${worker}" content="${address}"></head>`);
}

const generated = (name) => readFileSync(new URL(`../www/generated/${name}.js`, import.meta.url), "utf8");
const common = generated("editor-shared");
const commonName = `editor-shared-${hash(common)}.js`;
writeFileSync(join(folder, commonName), common);
for (const part of ["editor-more", "editor-help"]) {
  const script = generated(part).replaceAll("./editor-shared.js", `./${commonName}`);
  const name = `${part}-${hash(script)}.js`;
  writeFileSync(join(folder, name), script);
  html = html.replace("</head>", `<meta name="statelab-${part}" content="${base}${name}"></head>`);
}

const examples = JSON.stringify(groups());
const examplesName = `examples-${hash(examples)}.json`;
writeFileSync(join(folder, examplesName), examples);
html = html.replace("</head>", `<meta name="statelab-examples" content="${base}${examplesName}"></head>`);

// `trunk serve` puts its reload script into the page; it alone may be inline.
if (/<script[^>]*>(?!<\/script>)/.test(html)) {
  html = html
    .replace("script-src 'self'", "script-src 'self' 'unsafe-inline'")
    .replace("connect-src 'self'", "connect-src 'self' ws: wss:");
}

writeFileSync(page, html);

function replaced(path, from, to) {
  const content = readFileSync(path, "utf8");
  if (!content.includes(from)) throw new Error(`${path} does not name ${from}`);
  return content.replaceAll(from, to);
}
