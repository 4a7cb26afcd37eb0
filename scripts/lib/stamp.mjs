// Whether the package is of what it would be built from now.
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./run.mjs";

const stamp = join(root, "target/wasm/inputs.sha256");

const inputs = [
  "src",
  "pkg/loader",
  "pkg/package.json",
  "tests/simulator",
  "scripts/build.mjs",
  "scripts/bindgen",
  "scripts/lib",
  "Cargo.toml",
  "Cargo.lock",
  "package-lock.json",
];

/** One hash of all inputs. */
export function hashInputs() {
  const hash = createHash("sha256");
  const add = (path) => {
    const full = join(root, path);
    if (statSync(full).isDirectory()) {
      for (const name of readdirSync(full).sort()) add(join(path, name));
    } else {
      hash.update(path).update(readFileSync(full));
    }
  };
  inputs.forEach(add);
  return hash.digest("hex");
}

/** Whether a build of these inputs made all, or at least the page's part where that is wanted. */
export function isCurrent(hash, isPage) {
  const { files } = JSON.parse(readFileSync(join(root, "pkg/package.json"), "utf8"));
  const isBuilt = files.every((file) => isPage || existsSync(join(root, "pkg", file)));
  const built = existsSync(stamp) ? readFileSync(stamp, "utf8") : "";
  return isBuilt && (built === hash || (isPage && built === pageStamp(hash)));
}

/** Before a build: one that is broken off leaves files of which some are new. */
export function markStale() {
  rmSync(stamp, { force: true });
}

export function markCurrent(hash, isPage) {
  writeFileSync(stamp, isPage ? pageStamp(hash) : hash);
}

/** After a build of the page's part, the others may be of other inputs. */
function pageStamp(hash) {
  return `${hash} page`;
}
