// A real identity service for tests: OpenStack's Keystone, in a folder of its own, on the loopback interface.
import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { type Call, callerOf, type Login, logIn, type TokenBody } from "./client.ts";
import { isKeystoneInstalled, python } from "./environment.mjs";
import { prepare } from "./folder.ts";
import { type Seeded, seed } from "./seed.ts";

export type { Login } from "./client.ts";
export { REGION, SUB_PROJECT } from "./seed.ts";

export interface Keystone extends Seeded {
  /** Without a slash at the end; the API is below `/v3`. */
  url: string;
  call: Call;
  /** A token of the administrator, for the whole run. */
  adminToken(): string;
  issueToken(login: Login): Promise<string>;
  /** The project that a token is for; `undefined` where it is for none or not valid (any more). */
  verifyToken(token: string): Promise<string | undefined>;
  /** Ends the service and removes its folder. */
  stop(): Promise<void>;
}

const SERVE = fileURLToPath(new URL("serve.py", import.meta.url));

/** Starts a Keystone that knows the accounts of `seed.ts` and nothing else. A few seconds. */
export async function startKeystone(): Promise<Keystone> {
  if (!isKeystoneInstalled()) {
    throw new Error("Keystone is not installed; `node scripts/setup.mjs keystone` does it");
  }
  const folder = mkdtempSync(join(tmpdir(), "keystone-"));
  const remove = () => rmSync(folder, { recursive: true, force: true });
  // Where the tests end before the service runs; later it removes the folder itself.
  process.once("exit", remove);
  let end = async () => {};
  const stop = async () => {
    await end();
    remove();
    process.off("exit", remove);
  };
  try {
    const adminPassword = randomUUID();
    const config = await prepare(folder, adminPassword);
    const child = spawn(python, ["-I", SERVE, "--config-file", config], {
      env: { ...process.env, TEMPORARY_FOLDER: folder },
      stdio: ["pipe", "pipe", "pipe"],
    });
    end = () => endProcess(child);
    const url = await address(child);
    return { ...(await connect(url, adminPassword)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

async function connect(url: string, password: string): Promise<Omit<Keystone, "stop">> {
  const call = callerOf(url);
  const issueToken = async (login: Login): Promise<string> => {
    const { status, headers, body } = await logIn(call, login);
    const token = headers.get("X-Subject-Token");
    if (status !== 201 || token === null) throw new Error(`no token: ${status} ${JSON.stringify(body)}`);
    return token;
  };
  const admin = await issueToken({ user: "admin", password, domain: "Default", project: "admin" });
  return {
    url,
    call,
    adminToken: () => admin,
    issueToken,
    verifyToken: (token) => verifyToken(call, admin, token),
    ...(await seed(call, admin)),
  };
}

async function verifyToken(call: Call, admin: string, subject: string): Promise<string | undefined> {
  const request = { token: admin, subject };
  const { status, body } = await call<TokenBody>("GET", "/v3/auth/tokens?nocatalog=true", request);
  if (status === 200) return body.token.project?.id;
  // Keystone "cannot find" a token that it did not issue, that has expired or that was revoked.
  if (status === 404) return undefined;
  throw new Error(`Keystone cannot tell about the token: ${status} ${JSON.stringify(body)}`);
}

/** The first line that the service prints. Rejects with what it complained of where it ends before. */
async function address(child: ChildProcess): Promise<string> {
  const { stdout, stderr } = child;
  if (!stdout || !stderr) throw new Error("the service has no output");
  let complaints = "";
  // Read to the end, because a full pipe would stop the service.
  stderr.on("data", (data) => {
    complaints += data;
  });
  for await (const line of createInterface({ input: stdout })) {
    return line;
  }
  throw new Error(`Keystone ended: ${complaints}`);
}

async function endProcess(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.stdin?.end();
  await once(child, "exit");
}
