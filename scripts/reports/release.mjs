// Whether the committed state can be published: built twice from clean in two folders it is the same byte for byte, its
// versions agree, its linters and the suites on its tarball pass. Prints what is in the tarball, and leaves it, its
// hash and its section of the changelog in target/publish.
//
//   npm run report -- release [tag]      (with the tag of a release, such as v1.2.3, its date must be there, too)
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { basename, delimiter, join } from "node:path";
import { capture, root, run as runProgram, Stop } from "../lib/run.mjs";
import { secretComplaints } from "../lib/secrets.mjs";
import { findSuites } from "../lib/suites.mjs";
import { differences, hashOf, integrityOf, leaks, pack } from "../lib/tarball.mjs";
import { findTool, toolsFolder } from "../lib/toolchain.mjs";
import { changelogSection, versionComplaints } from "../lib/versions.mjs";
import { BUILD, setUp } from "../setup.mjs";

export const about = "whether what is committed can be published, with a tag as that release";
export const takes = "[TAG]";
export const writes = "target/publish: the tarball, its hash, its changes, its bill of materials";
export const isBuilt = false;

/** Of different lengths, so that an address that depends on one would move. */
const FOLDERS = ["a", "another-folder/with-a-longer-name/b"];

const output = join(root, "target/publish");

export function run([tag, ...rest]) {
  if (rest.length > 0) throw new Stop("the report takes the tag of a release and nothing else");
  const began = performance.now();
  const commit = committedState();
  const version = agreedVersion(tag);
  const suites = Object.entries(findSuites()).flatMap(([name, { isOfTarball }]) => (isOfTarball ? name : []));
  console.log(`release: version ${version}, commit ${commit}`);
  setUp(...BUILD, "cargo-cyclonedx");
  const folder = mkdtempSync(join(realpathSync(tmpdir()), "ecs-release-"));
  try {
    const [first, second] = FOLDERS.map((name) => buildFromClean(join(folder, name)));
    requireSame(first, second, "the two builds");
    requireNone("the package tells too much", [
      ...leaks(first.files, [folder, root, homedir()]),
      ...secretComplaints(first.unpacked),
    ]);
    console.log(`\nrelease: the two builds are the same (${seconds(began)})`);
    runProgram("node", ["scripts/lint.mjs"]);
    runProgram("node", ["scripts/test.mjs", ...suites]);
    // The suites pack what the working copy holds.
    requireSame(first, pack(root, join(folder, "tested")), "the build and what was tested");
    keep(first, version);
    writeBillsOfMaterials();
    writeHashes();
    print(first);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  console.log(
    `\nrelease: ${version} can be published; ${suites.join(", ")} and lint passed (${seconds(began)})`,
  );
}

/** The commit that is looked at. Files that are not committed would not be in it. */
function committedState() {
  const status = capture("git", ["status", "--porcelain"]);
  if (status === null) throw new Stop("a release needs a checkout of git");
  if (status) throw new Stop(`there are changes that are not committed:\n${status}`);
  return capture("git", ["rev-parse", "HEAD"]);
}

function agreedVersion(tag) {
  const text = (file) => readFileSync(join(root, file), "utf8");
  const manifest = text("pkg/package.json");
  const files = {
    lock: "package-lock.json",
    cargo: "Cargo.toml",
    cargoLock: "Cargo.lock",
    fuzzLock: "fuzz/Cargo.lock",
    changelog: "CHANGELOG.md",
  };
  const texts = Object.fromEntries(Object.entries(files).map(([key, file]) => [key, text(file)]));
  const repository = process.env.GITHUB_REPOSITORY;
  requireNone("the versions do not agree", versionComplaints({ manifest, ...texts, tag, repository }));
  return JSON.parse(manifest).version;
}

/** What is committed, built in a folder of its own with nothing from here but the compiled tools. */
function buildFromClean(folder) {
  const began = performance.now();
  const checkout = join(folder, "checkout");
  mkdirSync(checkout, { recursive: true });
  const archive = join(folder, "head.tar");
  runProgram("git", ["archive", "--output", archive, "HEAD"]);
  runProgram("tar", ["-xf", archive, "-C", checkout]);
  const PATH = [join(toolsFolder, "bin"), process.env.PATH].join(delimiter);
  console.log(`\nrelease: building in ${checkout}`);
  runProgram("npm", ["run", "--silent", "build"], { cwd: checkout, env: { ...process.env, PATH } });
  console.log(`release: built (${seconds(began)})`);
  return pack(checkout, folder);
}

function requireSame(first, second, what) {
  requireNone(`${what} are not the same`, differences(first.files, second.files));
  if (!readFileSync(first.file).equals(readFileSync(second.file)))
    throw new Stop(`${what} have the same files, but their tarballs differ`);
}

function requireNone(reason, complaints) {
  if (complaints.length > 0) throw new Stop([`${reason}:`, ...complaints].join("\n  "));
}

function keep({ file }, version) {
  rmSync(output, { recursive: true, force: true });
  mkdirSync(output, { recursive: true });
  const name = basename(file);
  const bytes = readFileSync(file);
  const { text } = changelogSection(readFileSync(join(root, "CHANGELOG.md"), "utf8"), version);
  const hashes = [`SHA-256: \`${hashOf(bytes)}\``, `integrity: \`${integrityOf(bytes)}\``];
  copyFileSync(file, join(output, name));
  writeFileSync(join(output, "CHANGES.md"), `${text}\n\n### ${name}\n\n- ${hashes.join("\n- ")}\n`);
}

/** What the package is made of, with licences, in the form of CycloneDX: the crates in the module, and what npm knows. */
function writeBillsOfMaterials() {
  const crates = "--format json --target wasm32-unknown-unknown --override-filename module.cdx".split(" ");
  runProgram(findTool("cargo-cyclonedx"), ["cyclonedx", ...crates]);
  // It writes beside each manifest of the workspace; the tool that makes the glue is no part of the package.
  rmSync(join(root, "scripts/bindgen/module.cdx.json"));
  const ofModule = readFileSync(join(root, "module.cdx.json"), "utf8").replaceAll(root, ".");
  rmSync(join(root, "module.cdx.json"));
  const npm = "sbom --workspace pkg --omit dev --sbom-format cyclonedx".split(" ");
  const ofPackage = capture("npm", npm);
  if (ofPackage === null) throw new Stop("npm could not write its bill of materials");
  for (const [name, text] of Object.entries({ "module.cdx.json": ofModule, "package.cdx.json": ofPackage })) {
    requireNone("a bill tells too much", leaks(new Map([[name, Buffer.from(text)]]), [root, homedir()]));
    writeFileSync(join(output, name), text);
  }
}

/** Of all that is published, the changes excepted, which name them. */
function writeHashes() {
  const names = readdirSync(output).filter((name) => name !== "CHANGES.md");
  const lines = names.map((name) => `${hashOf(readFileSync(join(output, name)))}  ${name}\n`);
  writeFileSync(join(output, "SHA256SUMS"), lines.join(""));
}

function print({ file, files }) {
  const row = (size, name, hash) => console.log(String(size).padStart(8), name.padEnd(26), hash);
  console.log();
  row("bytes", "file", "SHA-256");
  for (const [name, bytes] of files) row(bytes.length, name, hashOf(bytes));
  const tarball = readFileSync(file);
  row(tarball.length, basename(file), hashOf(tarball));
  console.log(`\nintegrity ${integrityOf(tarball)}`);
}

function seconds(began) {
  return `${Math.round((performance.now() - began) / 1000)} s`;
}
