// Every case, by the sentence that its test is named with.
import type { Tools } from "../tools.ts";
import { aborting } from "./aborting.ts";
import { credentials } from "./credentials.ts";
import { detaching } from "./detaching.ts";
import { doubtful } from "./doubtful.ts";
import { refused } from "./refused.ts";

export type Case = (tools: Tools) => Promise<void>;
export type Cases = Record<string, Case>;

export const cases: Cases = { ...detaching, ...refused, ...doubtful, ...aborting, ...credentials };
export { withoutWasm } from "./without-wasm.ts";
