// For browsers, bundlers and Node: the module as text inside the script: no second request, nothing for a bundler to
// lose.
import { createClient } from "./client.js";
import { start } from "./inline-module.js";

export const client = createClient(start);
