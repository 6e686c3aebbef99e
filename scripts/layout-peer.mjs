// Lays out graph files with one peer, in a process of its own: its name, a folder for the
// drawings, how often each graph is laid out, then the files. One line of JSON for each.
import { readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";

import { PEERS } from "./layout-peers.mjs";

const [name, folder, runs, ...files] = process.argv.slice(2);
for (const file of files) {
  const graph = JSON.parse(readFileSync(file, "utf8"));
  const drawing = basename(file, ".json");
  const times = [];
  try {
    let drawn;
    // The first run warms up, unless it alone is long.
    for (let run = 0; run <= Number(runs); run += 1) {
      const before = process.cpuUsage();
      drawn = await PEERS[name](graph);
      const { user, system } = process.cpuUsage(before);
      times.push((user + system) / 1000);
      if (times[0] > 1000) break;
    }
    if (times.length > 1) times.shift();
    times.sort((a, b) => a - b);
    writeFileSync(join(folder, `${drawing}.${name}.json`), JSON.stringify(drawn));
    console.log(JSON.stringify({ drawing, cpu_ms: times[times.length >> 1] }));
  } catch (error) {
    console.log(JSON.stringify({ drawing, error: String(error.message).slice(0, 100) }));
  }
}
