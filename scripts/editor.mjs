// Bundles the code editor (www/editor) to www/generated/editor.js. Trunk runs this before
// every build.
import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const target = join(root, "www/generated/editor.js");

function newer(a, b) {
  return existsSync(b) && statSync(a).mtimeMs <= statSync(b).mtimeMs;
}

if (!newer(join(root, "package-lock.json"), join(root, "node_modules/.package-lock.json"))) {
  console.log("Installing the npm packages (about 5 seconds)");
  execFileSync("npm", ["ci"], { cwd: root, stdio: "inherit" });
}

const { build } = await import("esbuild");
const result = await build({
  absWorkingDir: root,
  entryPoints: ["www/editor/main.js"],
  bundle: true,
  format: "iife",
  target: "es2022",
  minify: process.env.TRUNK_PROFILE !== "debug",
  legalComments: "none",
  write: false,
  logLevel: "warning",
});

const bundle = Buffer.from(result.outputFiles[0].contents);
mkdirSync(dirname(target), { recursive: true });
if (!existsSync(target) || !readFileSync(target).equals(bundle)) {
  writeFileSync(target, bundle);
}
