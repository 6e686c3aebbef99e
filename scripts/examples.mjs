// The examples of the site: `www/examples` as the one file that the page fetches.
import { existsSync, readFileSync, readdirSync, statSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const folder = join(dirname(fileURLToPath(import.meta.url)), "../www/examples");

const json = (path) => JSON.parse(readFileSync(join(folder, path), "utf8"));

/**
 * Groups of examples, with their texts as they stand in the files.
 * @returns {{group: string, examples: {name: string, teaches: string, features: string[], definition: string, input: string, mocks: string, objects: {path: string, text: string}[]}[]}[]}
 */
export function groups() {
  return json("index.json").map(({ group, examples }) => ({ group, examples: examples.map(read) }));
}

function read(name) {
  const { teaches, features } = json(`${name}/example.json`);
  const text = (file) => readFileSync(join(folder, name, file), "utf8");
  const mocks = existsSync(join(folder, name, "mocks.json")) ? text("mocks.json") : "";
  return { name, teaches, features, definition: text("definition.asl.json"), input: text("input.json"), mocks, objects: objects(join(folder, name, "s3")) };
}

/** The files below a folder, as objects of S3: the first folder is the bucket. */
function objects(folder) {
  if (!existsSync(folder)) return [];
  const files = readdirSync(folder, { recursive: true }).filter((file) => statSync(join(folder, file)).isFile());
  return files.sort().map((path) => ({ path, text: readFileSync(join(folder, path), "utf8") }));
}
