// Compiles modules against the built package, as a strict project of a user would.
import { spawnSync } from "node:child_process";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type Ending, ROOT, temporaryFolder } from "./documents.ts";

/** What the examples take from the program around them. */
const PRELUDE = `
declare global {
  const projectId: string;
  const serverId: string;
  const volumeId: string;
  const token: string;
  const accessKey: string;
  const secretKey: string;
  const securityToken: string;
  /** Of Node. */
  const process: { readonly env: Readonly<Record<string, string | undefined>> };
  const jobId: string;
  const cancelButton: HTMLButtonElement;
  const detachButton: HTMLButtonElement;
  const volumeInput: HTMLInputElement;
}
export {};
`;

const CONFIG = {
  compilerOptions: {
    target: "ES2022",
    lib: ["ES2022", "DOM"],
    module: "NodeNext",
    moduleDetection: "force",
    types: [],
    noEmit: true,
    strict: true,
    exactOptionalPropertyTypes: true,
    noUncheckedIndexedAccess: true,
    noImplicitReturns: true,
  },
};

export interface Surroundings {
  /** Declares what the modules take from the program around them. */
  prelude: string;
  /** Those of the compiler's that differ from a user's. */
  compilerOptions: object;
}

/** What the compiler has to say about modules, given by name. */
export function compile(
  t: Ending,
  modules: Record<string, string>,
  { prelude, compilerOptions }: Surroundings = { prelude: PRELUDE, compilerOptions: {} },
): string {
  const folder = temporaryFolder(t);
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text);
  write("package.json", '{ "type": "module" }');
  const options = { ...CONFIG.compilerOptions, ...compilerOptions };
  const files = ["prelude.d.ts", ...Object.keys(modules)];
  write("tsconfig.json", JSON.stringify({ compilerOptions: options, files }));
  write("prelude.d.ts", prelude);
  for (const [name, code] of Object.entries(modules)) write(name, code);
  const tsc = join(ROOT, "node_modules/typescript/bin/tsc");
  const { stdout, stderr } = spawnSync(process.execPath, [tsc, "-p", folder], { encoding: "utf8" });
  return stdout + stderr;
}
