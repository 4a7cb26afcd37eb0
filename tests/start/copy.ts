// A copy of this checkout with all that a build has left, to be changed and broken off in.
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdtempSync, rmSync, symlinkSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type Ending, ROOT } from "./program.ts";

/** What a build leaves that git does not know. */
const BUILT = ["pkg", "target/wasm", "target/bindgen"];

/** The folder; it goes with the test. */
export function copyOfCheckout(t: Ending): string {
  const folder = mkdtempSync(join(tmpdir(), "ecs-start-"));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const tracked = execFileSync("git", ["ls-files", "-z", "--cached", "--others", "--exclude-standard"], {
    cwd: ROOT,
    encoding: "utf8",
  });
  // With the times of files: cargo and the set-up go by them.
  for (const path of [...tracked.split("\0"), ...BUILT])
    if (path && existsSync(join(ROOT, path)))
      cpSync(join(ROOT, path), join(folder, path), { recursive: true, preserveTimestamps: true });
  symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
  return folder;
}
