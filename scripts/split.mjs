// Cuts the program of the page into two files, see `src/ui/later.rs`. Trunk has no step
// between the linker and wasm-bindgen, where the cut has to be made, so this goes back to
// what the linker has left and takes the way from there once more:
//
//   linked program ─wasm-split-cli─> first part ─wasm-bindgen, wasm-opt─> playground_bg.wasm
//                              └───> second part ─────────────wasm-opt──> later.wasm
//
// The start script, the bindings and what loads the second file become one script.
//
// What these steps make of a program is kept beside it: a build that changes no Rust need
// not take them again.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

import { build } from "esbuild";

/** Small once packed: like functions stay apart and stand side by side, ordered by their names. */
const OPTIMISE = ["-Oz", "--low-memory-unused", "--one-caller-inline-max-function-size=0", "--reorder-functions-by-name"];

/** A host that names the type of WebAssembly wrongly shall only cost time. */
const STREAMING = "WebAssembly.instantiateStreaming(src, imports)";
const WHOLE = "src.then((answer) => answer.arrayBuffer()).then((bytes) => WebAssembly.instantiate(bytes, imports))";

const hash = (content) => createHash("sha256").update(content).digest("hex").slice(0, 16);

/**
 * @param {string} folder where Trunk has put the site
 * @param {string} html its page
 * @returns {Promise<string>} the page with the two files in the place of the one
 */
export async function split(folder, html) {
  const whole = readdirSync(folder).filter((name) => /^playground-[0-9a-f]+(\.js|_bg\.wasm)$/.test(name));
  const [, before] = html.match(/playground-([0-9a-f]+)_bg\.wasm/);
  const work = mkdtempSync(join(tmpdir(), "statelab-split-"));
  try {
    cut(linked(), work);
    const [first, second] = ["playground_bg.wasm", "split_later.wasm"].map((name) => readFileSync(join(work, name)));
    const names = { first: `playground-${hash(first)}_bg.wasm`, second: `later-${hash(second)}.wasm` };
    writeFileSync(join(folder, names.first), first);
    writeFileSync(join(folder, names.second), second);

    let start;
    html = html.replace(/<script type="?module"?>([^]*?)<\/script>/, (_, code) => {
      start = code.replace(`playground-${before}_bg.wasm`, names.first).replace(`playground-${before}.js`, "playground.js");
      return "<script></script>";
    });
    const { outputFiles } = await build({
      stdin: { contents: start, resolveDir: work },
      bundle: true,
      minify: true,
      format: "esm",
      target: "es2022",
      legalComments: "none",
      write: false,
      logLevel: "warning",
    });
    const script = outputFiles[0].text.replace("split_later.wasm", names.second);
    const scriptName = `start-${hash(script)}.js`;
    writeFileSync(join(folder, scriptName), script);
    // The script stands in the head, and needs nothing announced but the program.
    html = html.replace(/<link (?=[^>]*modulepreload)[^>]*playground-[^>]*>/, "").replace(`playground-${before}_bg.wasm`, names.first);
    html = html.replace("<script></script>", `<script type="module" src="./${scriptName}"></script>`);
    for (const name of whole) rmSync(join(folder, name));
    return html;
  } finally {
    rmSync(work, { recursive: true });
  }
}

/** Cuts the program into the folder `work`, or puts there what an earlier build has kept. */
function cut(program, work) {
  // The versions of the tools stand in the script that installs them.
  const made = [program, fileURLToPath(import.meta.url), "scripts/setup.sh"].map((file) => hash(readFileSync(file)));
  const kept = join(dirname(program), "split", hash(made.join()));
  if (existsSync(kept)) {
    cpSync(kept, work, { recursive: true });
    return;
  }
  run("wasm-split-cli", [program, work, "--target", "web", "--out-name", "playground"]);
  run("wasm-bindgen", [join(work, "playground.wasm"), "--out-dir", work, "--target", "web", "--no-typescript", "--keep-lld-exports"]);
  const loader = join(work, "__wasm_split.js");
  writeFileSync(loader, replaced(readFileSync(loader, "utf8"), STREAMING, WHOLE));
  for (const name of ["playground_bg.wasm", "split_later.wasm"]) {
    run("wasm-opt", [join(work, name), "-o", join(work, name), ...OPTIMISE]);
  }
  rmSync(join(work, "playground.wasm"));
  // The folder has its name only once all is in it.
  rmSync(dirname(kept), { recursive: true, force: true });
  mkdirSync(dirname(kept), { recursive: true });
  cpSync(work, `${kept}.new`, { recursive: true });
  renameSync(`${kept}.new`, kept);
}

/** The program as the linker has left it. */
function linked() {
  const metadata = execFileSync("cargo", ["metadata", "--format-version", "1", "--no-deps"], { encoding: "utf8", maxBuffer: 1e8 });
  return join(JSON.parse(metadata).target_directory, "wasm32-unknown-unknown/release/playground.wasm");
}

function replaced(text, from, to) {
  if (!text.includes(from)) throw new Error(`there is no ${from}`);
  return text.replace(from, to);
}

function run(program, args) {
  try {
    execFileSync(program, args, { stdio: "inherit" });
  } catch (error) {
    if (error.code === "ENOENT") throw new Error(`${program} is missing; \`make setup\` installs it`);
    throw error;
  }
}
