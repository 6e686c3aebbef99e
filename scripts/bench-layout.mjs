// Our layout beside dagre and ELK: the same graphs, the same measures, one run.
//
// The graphs and the measures are those of ../shared/bench; the real graphs are made from
// the definitions of ../shared/corpus. Drawings are left in target/bench-layout.
//
// --ours leaves the peers' drawings of the last run as they are, --no-wasm the WebAssembly.
import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

import { wasm as build } from "./bench.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const shared = join(root, "../shared");
process.chdir(root);
const work = join(root, "target/bench-layout");
const flags = new Set(process.argv.slice(2));
const PEERS = ["dagre", "elk", "elk-model"];
// What takes a peer longer than this is left out, in seconds on the wall.
const PATIENCE = 180;

if (!existsSync(join(shared, "bench/score.mjs"))) {
  console.error("The graphs and the measures are not beside the working directory (../shared/bench)");
  process.exit(1);
}
const { score, compare } = await import(pathToFileURL(join(shared, "bench/score.mjs")).href);
const { graphOf } = await import(pathToFileURL(join(shared, "bench/graphs.mjs")).href);

const folders = { graphs: join(work, "graphs"), drawings: join(work, "drawings") };
rmSync(folders.graphs, { recursive: true, force: true });
for (const folder of Object.values(folders)) mkdirSync(folder, { recursive: true });

const { real, large } = makeGraphs();
const inserted = insertNodes(real);
const times = runAll();
report();

function makeGraphs() {
  const real = [];
  const large = [];
  for (const file of readdirSync(join(shared, "bench/graphs")).sort()) {
    const name = basename(file, ".json");
    (name.startsWith("real-") ? real : large).push(name);
    writeFileSync(join(folders.graphs, file), readFileSync(join(shared, "bench/graphs", file)));
  }
  for (const file of readdirSync(join(shared, "corpus")).sort()) {
    if (!file.endsWith(".asl.json")) continue;
    const name = `corpus-${basename(file, ".asl.json")}`;
    try {
      write(name, graphOf(JSON.parse(readFileSync(join(shared, "corpus", file), "utf8")), name));
      real.push(name);
    } catch {
      console.log(`left out, as no graph can be made of it: ${file}`);
    }
  }
  return { real, large };
}

function write(name, graph) {
  writeFileSync(join(folders.graphs, `${name}.json`), JSON.stringify(graph));
}

/** Each real graph with one more node on an edge: at a quarter, the middle and three quarters. */
function insertNodes(names) {
  const pairs = [];
  for (const name of names) {
    const graph = JSON.parse(readFileSync(join(folders.graphs, `${name}.json`), "utf8"));
    for (const part of [1, 2, 3]) {
      const at = Math.floor((graph.edges.length * part) / 4);
      const edge = graph.edges[at];
      if (!edge) continue;
      const { parent } = graph.nodes.find((node) => node.id === edge.source);
      const node = { id: "inserted", width: 120, height: 40, ...(parent == null ? {} : { parent }) };
      const place = graph.nodes.findIndex((node) => node.id === edge.source) + 1;
      const more = `${name}+${part}`;
      write(more, {
        nodes: [...graph.nodes.slice(0, place), node, ...graph.nodes.slice(place)],
        edges: [
          ...graph.edges.slice(0, at),
          { ...edge, target: "inserted" },
          ...graph.edges.slice(at + 1),
          { id: "inserted", source: "inserted", target: edge.target },
        ],
      });
      pairs.push([name, more]);
    }
  }
  return pairs;
}

function runAll() {
  const times = new Map([["statelab", native()]]);
  if (!flags.has("--no-wasm")) times.set("statelab, wasm", wasm());
  for (const peer of PEERS) times.set(peer, new Map());
  if (flags.has("--ours")) return times;
  for (const peer of PEERS) {
    peerRun(times, peer, 5, 10 * PATIENCE, real);
    peerRun(times, peer, 0, 10 * PATIENCE, inserted.map(([, more]) => more));
    for (const name of large) peerRun(times, peer, 1, PATIENCE, [name]);
  }
  return times;
}

function peerRun(times, peer, runs, timeout, names) {
  for (const name of names) rmSync(drawingFile(name, peer), { force: true });
  const script = join(root, "scripts/layout-peer.mjs");
  const command = ["--stack-size=4000", script, peer, folders.drawings, String(runs), ...names.map(graphFile)];
  const { stdout } = spawnSync(process.execPath, command, { encoding: "utf8", timeout: timeout * 1000, maxBuffer: 1e8 });
  for (const { drawing, cpu_ms } of lines(stdout)) times.get(peer).set(drawing, cpu_ms);
}

function native() {
  const edits = inserted.map(([, more]) => graphFile(more));
  const files = [...[...real, ...large].map(graphFile), "--untimed", ...edits];
  const command = ["bench", "--quiet", "--bench", "layout", "--", folders.drawings, ...files];
  const { stdout, status } = spawnSync("cargo", command, { cwd: root, encoding: "utf8", maxBuffer: 1e8, stdio: ["ignore", "pipe", "inherit"] });
  if (status !== 0) process.exit(1);
  return new Map(lines(stdout).map(({ drawing, cpu_ms }) => [drawing, cpu_ms]));
}

/** The module as the page has it: its profile, its optimiser where that is installed. */
function wasm() {
  const { Workload } = createRequire(import.meta.url)(join(root, build("layout-wasm", "nodejs"), "layout-wasm.js"));
  const times = new Map();
  for (const name of [...real, ...large]) {
    const workload = new Workload(readFileSync(graphFile(name), "utf8"));
    const rounds = [];
    let runs = 1;
    while (rounds.length < 4) {
      const before = process.cpuUsage();
      workload.lay_out(runs);
      const { user, system } = process.cpuUsage(before);
      const spent = (user + system) / 1000;
      if (spent < 30) runs *= 2;
      else rounds.push(spent / runs);
    }
    rounds.sort((a, b) => a - b);
    times.set(name, rounds[1]);
    workload.free();
  }
  return times;
}

function lines(text) {
  return text.split("\n").filter(Boolean).map((line) => JSON.parse(line));
}

function graphFile(name) {
  return join(folders.graphs, `${name}.json`);
}

function drawingFile(name, layout) {
  return join(folders.drawings, `${name}.${layout}.json`);
}

function drawing(name, layout) {
  const file = drawingFile(name, layout);
  return existsSync(file) ? JSON.parse(readFileSync(file, "utf8")) : null;
}

function report() {
  const ours = { layout: "statelab", curve: "statelab-curve" };
  const all = [ours, ...PEERS.map((layout) => ({ layout, curve: layout }))];
  table(`Real graphs (${real.length})`, all.map(({ layout, curve }) => [layout, total(real, layout, curve)]));
  for (const name of large) {
    table(name, all.map(({ layout, curve }) => [layout, total([name], layout, curve)]));
  }
  console.log(`\n## One node inserted (${inserted.length} edits of real graphs)\n`);
  console.log("| layout | order flips | mean shift, px |\n|---|--:|--:|");
  // Ours as an edit, with what the drawing before left; all others draw from nothing.
  const edits = [["statelab", "statelab-edit"], ["statelab, from nothing", "statelab"], ...PEERS.map((peer) => [peer, peer])];
  for (const [layout, after] of edits) {
    const before = after === "statelab-edit" ? "statelab" : after;
    const moves = inserted.map(([a, b]) => [drawing(a, before), drawing(b, after)]);
    const found = moves.filter(([a, b]) => a && b).map(([a, b]) => move(a, b));
    const sum = (key) => found.reduce((sum, move) => sum + move[key], 0);
    const flips = (100 * sum("order_flips")) / Math.max(1, sum("pairs"));
    const shift = found.reduce((sum, { mean_shift, nodes }) => sum + mean_shift * nodes, 0) / sum("nodes");
    console.log(`| ${layout} | ${flips.toFixed(2)} % | ${shift.toFixed(1)} |`);
  }
  console.log("\nTimes are CPU milliseconds; of several real graphs the median of one graph.");
  console.log("Hits of ours are counted on the drawn curve, in pieces of 1 px.");
}

/** How far nodes moved, containers by their middles like all others. */
function move(a, b) {
  const flat = ({ nodes, edges }) => ({ nodes: nodes.map(({ parent, ...node }) => node), edges });
  return compare(flat(a), flat(b));
}

function total(names, layout, curve) {
  const sums = {};
  const spent = [];
  const inWasm = [];
  for (const name of names) {
    const drawn = drawing(name, layout);
    if (!drawn) return null;
    const drawnCurve = drawing(name, curve);
    const { crossings, bends, length } = score(drawn);
    const onCurve = score(drawnCurve);
    const found = {
      crossings: Math.max(crossings, onCurve.crossings),
      bends,
      length,
      overlaps: onCurve.node_overlaps + onCurve.outside_parent,
      through: onCurve.edge_through_node,
      labels: onCurve.label_hits,
      labelEdges: onCurve.label_edge_hits,
    };
    for (const [key, value] of Object.entries(found)) sums[key] = (sums[key] ?? 0) + value;
    spent.push(times.get(layout)?.get(name));
    inWasm.push(layout === "statelab" ? times.get("statelab, wasm")?.get(name) : undefined);
  }
  return { ...sums, time: median(spent), wasm: median(inWasm) };
}

function median(numbers) {
  const known = numbers.filter((number) => number !== undefined).sort((a, b) => a - b);
  return known.length ? known[known.length >> 1].toFixed(known.length > 1 || known[0] < 10 ? 3 : 0) : "–";
}

function table(title, rows) {
  console.log(`\n## ${title}\n`);
  console.log("| layout | time | in wasm | crossings | bends | edge length | overlaps | through nodes | label hits | labels on edges |");
  console.log("|---|--:|--:|--:|--:|--:|--:|--:|--:|--:|");
  for (const [layout, sums] of rows) {
    if (!sums) {
      console.log(`| ${layout} | no drawing within ${PATIENCE} s |`);
      continue;
    }
    const { time, wasm, crossings, bends, length, overlaps, through, labels, labelEdges } = sums;
    console.log(`| ${[layout, time, wasm, crossings, bends, length, overlaps, through, labels, labelEdges].join(" | ")} |`);
  }
}
