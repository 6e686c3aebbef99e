// What the benchmarks share: Criterion's figures, and examples built for WebAssembly.
import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

const target = process.env.CARGO_TARGET_DIR ?? "target";

/** Runs a program to its end; what it prints is of no interest unless it fails. */
export function command(program, args) {
  const { status, error } = spawnSync(program, args, { stdio: ["ignore", "ignore", "inherit"] });
  if (status !== 0) throw new Error(`${program} ${args.join(" ")}: ${error?.message ?? `exit ${status}`}`);
}

/** Criterion's medians of a benchmark's last run: by id, in nanoseconds. */
export function medians(group) {
  const folder = join(target, "criterion");
  const found = new Map();
  for (const file of readdirSync(folder, { recursive: true })) {
    if (!file.startsWith(group) || !file.endsWith(join("new", "estimates.json"))) continue;
    const read = (name) => JSON.parse(readFileSync(join(folder, dirname(file), name), "utf8"));
    found.set(read("benchmark.json").full_id, read("estimates.json").median.point_estimate);
  }
  return (id) => found.get(id) ?? null;
}

/** Builds an example as the worker is built, for Node.js or the web; tells its folder. */
export function wasm(example, bindings) {
  const triple = "wasm32-unknown-unknown";
  const folder = join(target, "bench", example);
  mkdirSync(folder, { recursive: true });
  command("cargo", ["build", "--quiet", "--profile", "fast", "--target", triple, "--features", "web", "--example", example]);
  command("wasm-bindgen", ["--target", bindings, "--out-dir", folder, "--no-typescript", join(target, triple, "fast/examples", `${example}.wasm`)]);
  const file = join(folder, `${example}_bg.wasm`);
  command("wasm-opt", ["--all-features", "-Os", "-o", file, file]);
  return folder;
}

/** The middle one. */
export function median(list) {
  const sorted = [...list].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}
