// What a consumer is, and what came of one.

/** A program and its arguments: `node`, or one of the npm packages that the consumer is installed with. */
export type Command = readonly [program: string, ...args: string[]];

export interface Consumer {
  name: string;
  shows: string;
  /** The folder of `apps` with its code; `outcome.js` is put beside it. */
  app: string;
  /** The folder of `tools` with its npm packages. Default: it needs none but those of this project. */
  tools?: string;
  /** Whose versions are told: npm packages, "Node" and "Chromium". */
  versions: readonly string[];
  build?: Command;
  run: Page | Program | Service;
  /** `npm test` runs it too. */
  isFast?: true;
}

/** A page in Chromium. It tells the outcome by `data-outcome` of its body. */
export interface Page {
  kind: "page";
  /** What is served, relative to the app; or the server that serves it. Default: the app. */
  from?: string | Command;
  /** Default "/". */
  path?: string;
  /** Where the build makes no page, one is made for this script. */
  script?: { src: string; isModule: boolean };
  policy: PolicyName;
}

/** A program that prints the task. Where it runs until told otherwise, it is a service. */
export interface Program {
  kind: "program";
  command: Command;
}

/** A server that prints its URL and answers a GET with the task. */
export interface Service {
  kind: "service";
  command: Command;
  path: string;
}

export const POLICIES = {
  strict: "default-src 'self'; script-src 'self' 'wasm-unsafe-eval'",
  /** For frameworks that start from a script in the page. */
  "inline scripts": "default-src 'self'; script-src 'self' 'unsafe-inline' 'wasm-unsafe-eval'",
  /** For frameworks that run scripts as text. */
  "evaluated scripts": "default-src 'self'; script-src 'self' 'unsafe-eval'",
  "no WebAssembly": "default-src 'self'; script-src 'self'",
  none: null,
} as const;

export type PolicyName = keyof typeof POLICIES;

export interface Outcome {
  consumer: Consumer;
  /** Each with its name; empty where it could not be installed. */
  versions: string[];
  /** "missing": it could not be run here. */
  state: "ok" | "failed" | "missing";
  /** Why it is not "ok". */
  reason: string;
  durationMs: number;
}

/** What a consumer needs is not there and cannot be got here. */
export class Missing extends Error {}
