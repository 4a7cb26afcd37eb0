// Builds the console as its users would: with the package from the tarball, not from the workspace. And the demo.
import { execFileSync } from "node:child_process";
import { cpSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createProject } from "../package/install.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

export interface Build {
  /** The folder of the page that a server serves. */
  pages: string;
  /** The folder of the demo, which needs none. */
  demo: string;
  remove(): void;
}

export function buildConsole(): Build {
  const project = createProject();
  const www = join(project.folder, "www");
  const filter = (source: string) => !/\/(dist|node_modules)$/.test(source);
  cpSync(join(root, "www"), www, { recursive: true, filter });
  cpSync(join(root, "tests/simulator"), join(project.folder, "tests/simulator"), { recursive: true });
  for (const dependency of ["vite", "@fontsource-variable", "hono"]) {
    symlinkSync(join(root, "node_modules", dependency), join(project.folder, "node_modules", dependency));
  }
  const vite = (...args: string[]) => {
    const program = join(root, "node_modules/vite/bin/vite.js");
    const all = [program, "build", "--logLevel", "warn", ...args];
    execFileSync(process.execPath, all, { cwd: www, stdio: "inherit" });
  };
  vite();
  vite("--mode", "demo", "--outDir", "../demo");
  return { pages: join(www, "dist"), demo: join(project.folder, "demo"), remove: () => project.remove() };
}

/** For Playwright: before all tests. It calls what this gives back after them. */
export default function build(): () => void {
  const { pages, demo, remove } = buildConsole();
  process.env.CONSOLE_PAGES = pages;
  process.env.CONSOLE_DEMO = demo;
  return remove;
}
