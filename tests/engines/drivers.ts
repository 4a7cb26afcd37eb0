// Starting a browser's driver, and a display for the browser that cannot do without one.
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { freePort } from "../simulator/listen.ts";
import { end, start } from "./processes.ts";

/** Its types say nothing of this part. */
const { waitForServer }: { waitForServer(url: string, timeoutMs: number): Promise<void> } = createRequire(
  import.meta.url,
)("selenium-webdriver/http/util.js");
const START_MS = 20_000;

export interface RunningDriver {
  url: string;
  end(): Promise<void>;
}

/** @param env What is added to this process's environment. */
export async function startDriver(program: string, env: NodeJS.ProcessEnv): Promise<RunningDriver> {
  // WebKitGTK's must be told one.
  const port = await freePort();
  const child = start(program, [`--port=${port}`], { env: { ...process.env, ...env }, stdio: "ignore" });
  const url = `http://127.0.0.1:${port}/`;
  try {
    await Promise.race([waitForServer(url, START_MS), failure(child, program)]);
    return { url, end: () => end(child) };
  } catch (error) {
    await end(child);
    throw error;
  }
}

export interface Display {
  /** As in the environment variable `DISPLAY`. */
  name: string;
  end(): Promise<void>;
}

/**
 * A display without a screen, and without a socket in the file system. The program chooses a number that is free, and
 * writes it to descriptor 3.
 */
export async function startDisplay(program: string): Promise<Display> {
  const args = ["-displayfd", "3", "-screen", "0", "800x600x24", "-nolisten", "tcp", "-nolisten", "unix"];
  const child = start(program, args, { stdio: ["ignore", "ignore", "ignore", "pipe"] });
  try {
    const number = child.stdio[3];
    if (!number) throw new Error(`${program} has no descriptor 3`);
    const [bytes] = await Promise.race([once(number, "data"), failure(child, program)]);
    return { name: `:${String(bytes).trim()}`, end: () => end(child) };
  } catch (error) {
    await end(child);
    throw error;
  }
}

async function failure(child: ChildProcess, program: string): Promise<never> {
  const [code, signal] = await once(child, "exit");
  throw new Error(`${program} ended with ${code ?? signal}`);
}
