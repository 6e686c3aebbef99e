// Serves the built site while the tests run, in a folder of its host as a project page is.
import { serve } from "../../scripts/site.mjs";

export default async function start() {
  const { url, close } = await serve({ prefix: "/statelab/" });
  process.env.STATELAB_URL = url;
  return close;
}
