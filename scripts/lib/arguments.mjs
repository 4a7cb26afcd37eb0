// What a script is told on its command line. Whatever it does not know is refused before anything is done.
import { parseArgs } from "node:util";
import { Stop } from "./run.mjs";

/**
 * @param {import("node:util").ParseArgsConfig["options"]} [options]
 * @param {string[]} [args]
 */
export function readArguments(options = {}, args = process.argv.slice(2)) {
  try {
    return parseArgs({ options, args }).values;
  } catch (error) {
    throw new Stop(error.message);
  }
}

/** The port of `--port`, 0 for any. @param {string} usual */
export function readPort(usual) {
  const { port } = readArguments({ port: { type: "string", default: usual } });
  if (!/^\d+$/.test(port) || Number(port) > 65535) throw new Stop(`--port must be 0 to 65535, got ${port}`);
  return Number(port);
}
