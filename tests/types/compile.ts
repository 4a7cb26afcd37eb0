// The compilers that must read the types, and how strictly.
import { execFile } from "node:child_process";
import { join } from "node:path";

export const root = join(import.meta.dirname, "../..");

export const COMPILERS = {
  "5.0": "tests/types/compilers/node_modules/typescript-5.0",
  "5.4": "tests/types/compilers/node_modules/typescript-5.4",
  "5.9": "tests/types/compilers/node_modules/typescript-5.9",
  "6.0": "tests/types/compilers/node_modules/typescript",
  newest: "node_modules/typescript",
};

/** Those of older frameworks, which look for files without `exports`, and what they read. */
export const OLDER_COMPILERS = {
  "3.9": { folder: "tests/types/compilers/node_modules/typescript-3.9", files: ["older.ts"] },
  "4.1": {
    folder: "tests/types/compilers/node_modules/typescript-4.1",
    files: ["older.ts", "older-testing.ts"],
  },
  "4.6": {
    folder: "tests/types/compilers/node_modules/typescript-4.6",
    files: ["older.ts", "older-testing.ts"],
  },
};

export const OPTIONS = {
  target: "ES2022",
  lib: ["ES2022", "DOM"],
  types: [],
  noEmit: true,
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  skipLibCheck: false,
  // Of all libraries, those of the compiler itself are left out: they take most of the time.
  skipDefaultLibCheck: true,
};

/** What the compiler complains of. */
export function compile(folder: string, project: string): Promise<string> {
  const tsc = join(root, folder, "bin/tsc");
  return new Promise((resolve) => {
    execFile(process.execPath, [tsc, "-p", project], (error, stdout, stderr) =>
      resolve(error ? `${stdout}${stderr}` || error.message : ""),
    );
  });
}
