// Bundles the scripts in www/editor and www/documents to www/generated; of the editor, what may
// come a moment later to editor-more.js and editor-help.js, with what both need in
// editor-shared.js. Trunk runs this before every build.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const folder = join(root, "www/generated");

function newer(a, b) {
  return existsSync(b) && statSync(a).mtimeMs <= statSync(b).mtimeMs;
}

if (!newer(join(root, "package-lock.json"), join(root, "node_modules/.package-lock.json"))) {
  console.log("Installing the npm packages (about 5 seconds)");
  execFileSync("npm", ["ci"], { cwd: root, stdio: "inherit" });
}

const { build } = await import("esbuild");

/** In the second file, the first one's CodeMirror stands for these packages. */
const shared = {
  name: "shared",
  setup({ onResolve, onLoad }) {
    onResolve({ filter: /^@codemirror\/(state|view)$/ }, ({ path }) => ({ path: path.slice("@codemirror/".length), namespace: "shared" }));
    onLoad({ filter: /.*/, namespace: "shared" }, ({ path }) => ({ contents: `module.exports = globalThis.statelabEditor.shared.${path};` }));
  },
};

/** @param {Record<string, string>} entries the script of each file, by its name without `.js` */
async function bundle(entries, options) {
  const { outputFiles } = await build({
    absWorkingDir: root,
    entryPoints: entries,
    outdir: folder,
    bundle: true,
    target: "es2022",
    minify: process.env.TRUNK_PROFILE !== "debug",
    legalComments: "none",
    write: false,
    logLevel: "warning",
    ...options,
  });
  for (const { path, contents } of outputFiles) {
    if (!existsSync(path) || !readFileSync(path).equals(contents)) writeFileSync(path, contents);
  }
}

mkdirSync(folder, { recursive: true });
await bundle({ editor: "www/editor/main.js" }, { format: "iife" });
await bundle({ documents: "www/documents/main.js" }, { format: "iife" });
const later = { "editor-more": "www/editor/more.js", "editor-help": "www/editor/help.js" };
await bundle(later, { format: "esm", plugins: [shared], splitting: true, chunkNames: "editor-shared" });
