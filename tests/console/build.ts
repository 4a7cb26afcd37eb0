// Builds the console as its users would: with the package from the tarball, not from the workspace.
import { execFileSync } from "node:child_process";
import { cpSync, symlinkSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createProject } from "../package/install.ts";

const root = fileURLToPath(new URL("../..", import.meta.url));

export default function build(): () => void {
  const project = createProject();
  const www = join(project.folder, "www");
  cpSync(join(root, "www"), www, {
    recursive: true,
    filter: (source) => !/\/(dist|node_modules)$/.test(source),
  });
  for (const dependency of ["vite", "@fontsource-variable"]) {
    symlinkSync(join(root, "node_modules", dependency), join(project.folder, "node_modules", dependency));
  }
  const vite = join(root, "node_modules/vite/bin/vite.js");
  execFileSync(process.execPath, [vite, "build", "--logLevel", "warn"], { cwd: www, stdio: "inherit" });
  process.env.CONSOLE_PAGES = join(www, "dist");
  return () => project.remove();
}
