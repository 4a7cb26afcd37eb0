// What a newcomer does with the README: an empty Vite project, the package, and the two first blocks, as they stand there.
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { npmBin } from "../../scripts/lib/run.mjs";
import { pack } from "../consumers/project.ts";
import { blocksUnder } from "../docs/documents.ts";

const PAGE = `<!doctype html>
<meta charset="utf-8">
<title>A newcomer's page</title>
<script type="module" src="/src/main.ts"></script>
`;

/** Where the first call takes its disk from, and how the page tells that it came to its end. */
const BEFORE =
  "const { projectId, serverId, volumeId } = Object.fromEntries(new URLSearchParams(location.search));";
const AFTER = 'document.body.dataset.outcome = "detached after " + elapsedMs + " ms";';

export interface BuiltProject {
  /** The files for the server. */
  dist: string;
  remove(): void;
}

/** Outside the repository, where nothing but the packed package is to be found. */
export async function buildNewcomersProject(): Promise<BuiltProject> {
  const folder = mkdtempSync(join(tmpdir(), "ecs-detach-volume-newcomer-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  try {
    writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }\n');
    writeFileSync(join(folder, "index.html"), PAGE);
    await install(folder);
    mkdirSync(join(folder, "src"));
    writeFileSync(join(folder, "src/main.ts"), [BEFORE, firstCall(), AFTER].join("\n"));
    await run(npmBin("vite"), ["build", "--logLevel", "warn"], folder);
    return { dist: join(folder, "dist"), remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** The command of the README, with the packed file in the place of the name. */
async function install(folder: string): Promise<void> {
  const [block] = blocksUnder("README.md", "Install");
  const [program = "", ...args] = block?.code.trim().split(" ") ?? [];
  const name = args.indexOf("ecs-detach-volume");
  if (block?.language !== "sh" || name < 0)
    throw new Error("the README does not say how to install the package");
  args[name] = (await pack()).path;
  const env = { npm_config_offline: "true", npm_config_audit: "false", npm_config_fund: "false" };
  await run(program, args, folder, env);
}

function firstCall(): string {
  const [block] = blocksUnder("README.md", "The first call");
  if (!block?.code.includes("elapsedMs")) throw new Error("the README has no first call from a page");
  return block.code;
}

/** Rejects with all that was printed. */
async function run(program: string, args: string[], cwd: string, env: NodeJS.ProcessEnv = {}): Promise<void> {
  try {
    await promisify(execFile)(program, args, { cwd, env: { ...process.env, ...env } });
  } catch (error) {
    const { stdout, stderr } = error as { stdout: string; stderr: string };
    throw new Error(`${program} ${args.join(" ")}\n${stdout}${stderr}`, { cause: error });
  }
}
