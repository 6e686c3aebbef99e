// Runs all tests, or with the argument `long` those that take long.
//
// Each stage prints its name and the time it took. A stage whose failure would only repeat
// itself in the next ones (format, lint, a build) ends the run; other failures are summed
// up. The last line is "N passed, N failed".
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

process.chdir(join(dirname(fileURLToPath(import.meta.url)), ".."));

const WASM = ["--target", "wasm32-unknown-unknown"];
const chromium = which("chromium");
const chromedriver = which("chromedriver");
const totals = { passed: 0, failed: 0, skipped: 0 };
const failures = [];
const begun = Date.now();

if (process.argv[2] === "long") await long();
else await all();

for (const failure of failures) console.log(`FAILED: ${failure}`);
console.log(`Took ${seconds(begun)}`);
const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : "";
console.log(`${totals.passed} passed, ${totals.failed} failed${skipped}`);
process.exit(totals.failed > 0 ? 1 : 0);

async function all() {
  const checks = [
    ["Format", host(), "cargo", ["fmt", "--check"]],
    ["Lint the library", host(), "cargo", ["clippy", "--quiet", "--all-targets", "--", "-D", "warnings"]],
    ["Lint the command", host(), "cargo", ["clippy", "--quiet", "--all-targets", "--features", "native", "--", "-D", "warnings"]],
    ["Lint the page", {}, "cargo", ["clippy", "--quiet", ...WASM, "--features", "ui", "--", "-D", "warnings"]],
  ];
  for (const [name, env, ...command] of checks) {
    if (!(await stage(name, env, ...command)).ok) return;
  }

  const native = await stage("Native tests", host(), "cargo", ["test", "--quiet", "--no-fail-fast", "--features", "native"], libtest);
  if (native.total === 0) return;
  // The native tests have built the command. Comparing keeps one core busy, the rest the other.
  const reference = stage("JSONata beside its reference", host(), process.execPath, ["tests/differential/jsonata.mjs", "150000", "1"], differential);
  await python();
  // What the page computes without a browser.
  await stage("Tests of the page's logic", host(), "cargo", ["test", "--quiet", "--no-fail-fast", "--features", "ui", "--lib", "--", "ui::", "web::"], libtest);
  if (chromium && chromedriver) {
    const env = { CHROMEDRIVER: chromedriver, WASM_BINDGEN_TEST_TIMEOUT: "300" };
    await stage("Tests in a browser", env, "cargo", ["test", ...WASM, "--features", "web", "--test", "web"], libtest);
  } else {
    skip("Tests in a browser", "chromium or chromedriver is missing; `make setup` says how to install them");
  }

  const built = await stage("Build the site", { TRUNK_SKIP_VERSION_CHECK: "true" }, "trunk", ["build", "--release"]);
  await reference;
  if (!built.ok) return;
  await stage("Sizes", {}, process.execPath, ["scripts/sizes.mjs"]);
  await stage("Tests of the site", {}, process.execPath, ["--test", "--test-reporter=spec", "tests/site/"], nodeTest);

  await endToEnd("End-to-end tests", {});
}

function endToEnd(name, env) {
  if (!chromium) return skip(name, "chromium is missing; `make setup` says how to install it");
  return stage(name, env, "npx", ["--no-install", "playwright", "test", "--config", "tests/e2e/playwright.config.mjs"], playwright);
}

// The service as AWS's own clients see it.
async function python() {
  const interpreter = ".tools/python/bin/python";
  if (!existsSync(interpreter)) {
    skip("Tests with boto3 and the AWS CLI", "Python 3 with venv is missing; `make setup` says how to install it");
    return;
  }
  await stage("Tests with boto3 and the AWS CLI", { PYTHONDONTWRITEBYTECODE: "1" }, interpreter, ["-m", "unittest", "discover", "--start-directory", "tests/clients", "--verbose"], unittest);
}

// A test that takes long is marked `#[ignore = "takes long"]`.
async function long() {
  const seeds = join(process.cwd(), "target/fuzz-seeds");
  await stage("Long native tests", { ...host(), WRITE_SEEDS: seeds }, "cargo", ["test", "--quiet", "--release", "--no-fail-fast", "--features", "native", "--", "--ignored"], libtest);
  const built = await stage("Build the command", host(), "cargo", ["build", "--quiet", "--release", "--features", "native", "--bin", "statelab"]);
  if (built.ok) {
    const env = { STATELAB: join(process.env.CARGO_TARGET_DIR ?? "target", "release/statelab") };
    await stage("JSONata beside its reference, for an hour", env, process.execPath, ["tests/differential/jsonata.mjs", "3600s", String(Date.now() % 1_000_000)], differential);
  }
  const site = await stage("Build the site", { TRUNK_SKIP_VERSION_CHECK: "true" }, "trunk", ["build", "--release"]);
  if (site.ok) await endToEnd("End-to-end tests, every situation in every theme", { STATELAB_MATRIX: "whole" });
  await fuzz(seeds);
}

// From the seeds that the tests of random texts leave, a fixed number of runs per target.
async function fuzz(seeds) {
  const cargo = ["+nightly", "fuzz"];
  if (spawnSync("cargo", [...cargo, "--version"]).status !== 0) {
    skip("Fuzzing", "it needs `rustup toolchain install nightly` and `cargo install cargo-fuzz`");
    return;
  }
  const limits = ["-runs=20000", "-max_total_time=60", "-timeout=20", "-max_len=4096", "-seed=1", "-verbosity=0"];
  for (const file of readdirSync("fuzz/fuzz_targets").sort()) {
    const target = file.replace(/\.rs$/, "");
    // What is found goes to the first folder; it starts empty, so that runs are alike.
    const found = mkdtempSync(join(tmpdir(), `statelab-${target}-`));
    const folders = [found, join(seeds, target)];
    await stage(`Fuzz ${target}`, {}, "cargo", [...cargo, "run", target, ...folders, "--", ...limits], libfuzzer);
    rmSync(found, { recursive: true });
  }
}

/** Runs one stage, shows its output, and adds what `count` finds in it to the totals. */
async function stage(name, env, command, args, count = () => ({ passed: 0, failed: 0, skipped: 0 })) {
  console.log(`\n== ${name}`);
  const start = Date.now();
  const { code, output } = await run(command, args, env);
  const counts = count(output);
  if (code !== 0 && counts.failed === 0) counts.failed = 1;
  for (const key of Object.keys(totals)) totals[key] += counts[key];
  const ok = code === 0 && counts.failed === 0;
  if (!ok) failures.push(name);
  console.log(`== ${name}: ${ok ? "ok" : "FAILED"}, ${seconds(start)}`);
  return { ok, total: ok ? Infinity : counts.passed };
}

function skip(name, reason) {
  totals.skipped += 1;
  console.log(`\n== ${name}: SKIPPED, ${reason}`);
}

function run(command, args, env) {
  return new Promise((resolve) => {
    const { NO_COLOR, ...inherited } = process.env;
    const child = spawn(command, args, { env: { ...inherited, ...env }, stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    for (const [stream, target] of [[child.stdout, process.stdout], [child.stderr, process.stderr]]) {
      stream.on("data", (chunk) => {
        output += chunk;
        target.write(chunk);
      });
    }
    child.on("error", (error) => resolve({ code: 1, output: `${output}${error}` }));
    child.on("close", (code) => resolve({ code: code ?? 1, output }));
  });
}

function libtest(output) {
  const counts = { passed: 0, failed: 0, skipped: 0 };
  for (const [, passed, failed] of output.matchAll(/^test result: \w+\. (\d+) passed; (\d+) failed/gm)) {
    counts.passed += Number(passed);
    counts.failed += Number(failed);
  }
  return counts;
}

function libfuzzer(output) {
  // `cargo fuzz` ends with this line where the build or a run failed.
  const failed = /^(Error|error):/m.test(output) ? 1 : 0;
  return { passed: 1 - failed, failed, skipped: 0 };
}

/** One test, however many expressions it compares. */
function differential(output) {
  const failed = /^\d+ compared, 0 different/m.test(output) ? 0 : 1;
  return { passed: 1 - failed, failed, skipped: 0 };
}

function unittest(output) {
  const ran = Number(output.match(/^Ran (\d+) tests?/m)?.[1] ?? 0);
  const last = (word) => Number(output.match(new RegExp(`${word}=(\\d+)`))?.[1] ?? 0);
  const failed = last("failures") + last("errors");
  return { passed: ran - failed - last("skipped"), failed, skipped: last("skipped") };
}

function nodeTest(output) {
  const last = (word) => Number(output.match(new RegExp(`^\\S+ ${word} (\\d+)$`, "m"))?.[1] ?? 0);
  return { passed: last("pass"), failed: last("fail"), skipped: last("skipped") };
}

function playwright(output) {
  const last = (word) => Number(output.match(new RegExp(`^ +(\\d+) ${word}\\b`, "m"))?.[1] ?? 0);
  // Passed by a second try, and named in the output.
  const flaky = last("flaky");
  return { passed: last("passed") + flaky, failed: last("failed"), skipped: last("skipped") + last("did not run") };
}

/** The tool chain for this machine, where another one builds for WebAssembly. */
function host() {
  const file = ".tools/host-toolchain";
  return existsSync(file) ? { RUSTUP_TOOLCHAIN: readFileSync(file, "utf8").trim() } : {};
}

function which(program) {
  const found = spawnSync("sh", ["-c", `command -v ${program}`], { encoding: "utf8" });
  return found.stdout.trim() || null;
}

function seconds(since) {
  return `${((Date.now() - since) / 1000).toFixed(1)} s`;
}
