// Bundles the scripts in www/editor and www/documents to www/generated; of the editor, what may
// come a moment later to editor-more.js. Trunk runs this before every build.
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

async function bundle(entry, name, options) {
  const result = await build({
    absWorkingDir: root,
    entryPoints: [entry],
    bundle: true,
    target: "es2022",
    minify: process.env.TRUNK_PROFILE !== "debug",
    legalComments: "none",
    write: false,
    logLevel: "warning",
    ...options,
  });
  const content = Buffer.from(result.outputFiles[0].contents);
  const target = join(folder, name);
  if (!existsSync(target) || !readFileSync(target).equals(content)) writeFileSync(target, content);
}

mkdirSync(folder, { recursive: true });
await bundle("www/editor/main.js", "editor.js", { format: "iife" });
await bundle("www/documents/main.js", "documents.js", { format: "iife" });
await bundle("www/editor/more.js", "editor-more.js", { format: "esm", plugins: [shared] });
