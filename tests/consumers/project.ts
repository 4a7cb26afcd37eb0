// The projects of consumers, in target/consumers: npm packages, the packed package, and the code beside them.
import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { root } from "../../scripts/lib/run.mjs";
import { Missing } from "./consumer.ts";

const HERE = import.meta.dirname;
const PROJECTS = join(root, "target/consumers");
const PACKAGE = "ecs-detach-volume";

interface Tarball {
  path: string;
  integrity: string;
}

const npm = async (args: string[], cwd: string) =>
  (await promisify(execFile)("npm", [...args, "--no-audit", "--no-fund", "--loglevel=error"], { cwd }))
    .stdout;

/** For each key, what was made first. */
function memo<Value>() {
  const made = new Map<string, Promise<Value>>();
  return (key: string, make: () => Promise<Value>): Promise<Value> => {
    const value = made.get(key) ?? make();
    made.set(key, value);
    return value;
  };
}

const tarballs = memo<Tarball>();
const projects = memo<string>();
const apps = memo<string>();
const builds = memo<unknown>();

/** The folder of an app in a project with these tools and the packed package. */
export function prepareApp(app: string, tools = "none"): Promise<string> {
  return apps(`${tools}/${app}`, async () => {
    const folder = join(await projects(tools, () => prepareProject(tools)), app);
    rmSync(folder, { recursive: true, force: true });
    cpSync(join(HERE, "apps", app), folder, { recursive: true });
    const sources = join(folder, "src");
    cpSync(join(HERE, "apps/outcome.js"), join(existsSync(sources) ? sources : folder, "outcome.js"));
    return folder;
  });
}

/** Once for all consumers that share a build. */
export function buildOnce(folder: string, command: string, build: () => Promise<unknown>): Promise<unknown> {
  return builds(`${folder} ${command}`, build);
}

/** The version of an npm package that an app gets. */
export function installedVersion(name: string, folder: string): string {
  for (let at = folder; at.startsWith(root); at = dirname(at)) {
    const manifest = join(at, "node_modules", name, "package.json");
    if (existsSync(manifest)) return JSON.parse(readFileSync(manifest, "utf8")).version;
  }
  throw new Error(`${name} is not installed`);
}

/** The package as a file, made once. */
export function pack(): Promise<Tarball> {
  return tarballs("", async () => {
    mkdirSync(PROJECTS, { recursive: true });
    const printed = await npm(["pack", "./pkg", "--json", "--pack-destination", PROJECTS], root);
    const [{ filename, integrity }] = JSON.parse(printed);
    return { path: join(PROJECTS, filename), integrity };
  });
}

async function prepareProject(tools: string): Promise<string> {
  const tarball = await pack();
  const folder = join(PROJECTS, tools);
  mkdirSync(folder, { recursive: true });
  if (tools === "none")
    writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
  else await installTools(tools, folder);
  if (installedLock(folder)?.packages[`node_modules/${PACKAGE}`]?.integrity === tarball.integrity)
    return folder;
  await npm(["install", "--no-save", "--prefer-offline", tarball.path], folder);
  return folder;
}

/** What the lock file says, unless it is there already. */
async function installTools(tools: string, folder: string): Promise<void> {
  const source = join(HERE, "tools", tools);
  const lock = "package-lock.json";
  const isSame = ["package.json", lock].every(
    (name) => textOf(join(folder, name)) === textOf(join(source, name)),
  );
  if (isSame && installedLock(folder)) return;
  rmSync(folder, { recursive: true, force: true });
  cpSync(source, folder, { recursive: true });
  try {
    await npm(["ci"], folder);
  } catch (error) {
    rmSync(folder, { recursive: true, force: true });
    throw new Missing(`npm cannot install it: ${reasonOf(error)}`);
  }
}

function installedLock(folder: string): { packages: Record<string, { integrity?: string }> } | null {
  const text = textOf(join(folder, "node_modules/.package-lock.json"));
  return text === null ? null : JSON.parse(text);
}

function textOf(path: string): string | null {
  return existsSync(path) ? readFileSync(path, "utf8") : null;
}

/** The first line in which npm says more than a code. */
function reasonOf(error: unknown): string {
  const { stderr = "", message } = error as { stderr?: string; message: string };
  const said = stderr.split("\n").filter((line) => /^npm error (?!code|errno|syscall|\d+ )/.test(line));
  return (said[0] ?? message).replace("npm error", "").trim();
}
