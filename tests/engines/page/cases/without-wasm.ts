// In the page whose policy forbids WebAssembly.
import { equal, matches } from "../assert.ts";
import type { Cases } from "./index.ts";

export const withoutWasm: Cases = {
  "a policy that forbids WebAssembly is named": async ({ api, options, failure, received, notes }) => {
    const error = await failure(api.detachVolume(options));
    equal([error.kind, error.mayHaveStarted, error.attempts], ["wasm", false, 0]);
    matches(error.message, /Content-Security-Policy .* 'wasm-unsafe-eval'/);
    notes.push(`cause: ${error.cause}`);
    equal(await received("DELETE"), []);
  },
};
