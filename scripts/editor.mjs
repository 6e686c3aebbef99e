// Bundles the scripts in www/editor and www/documents to www/generated. Trunk runs this
// before every build.
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
const result = await build({
  absWorkingDir: root,
  entryPoints: { editor: "www/editor/main.js", documents: "www/documents/main.js" },
  outdir: folder,
  bundle: true,
  format: "iife",
  target: "es2022",
  minify: process.env.TRUNK_PROFILE !== "debug",
  legalComments: "none",
  write: false,
  logLevel: "warning",
});

mkdirSync(folder, { recursive: true });
for (const { path, contents } of result.outputFiles) {
  const bundle = Buffer.from(contents);
  if (!existsSync(path) || !readFileSync(path).equals(bundle)) writeFileSync(path, bundle);
}
