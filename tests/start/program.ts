// `npm start`, as a program of this machine.
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createConnection, createServer } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const ROOT = fileURLToPath(new URL("../..", import.meta.url));

export interface Ending {
  after(end: () => void): void;
}

export interface Program {
  /** npm's. */
  child: ChildProcess;
  /** Resolves with the first line, from now on, that holds a text. */
  line(text: string): Promise<string>;
  /** All lines until now. */
  lines: readonly string[];
  /** Resolves when nobody is left who could write: neither npm nor what it has started. */
  ended: Promise<unknown>;
}

export interface How {
  /** Default: any. */
  port?: number | string;
  stdin?: "ignore" | "pipe";
  /** A copy of the checkout. Default: this one. */
  folder?: string;
}

/** Starts it and waits for its page. What is left of it is ended after the test. */
export async function start(t: Ending, how: How = {}): Promise<Program & { url: string }> {
  const program = begin(t, how);
  const url = /http:\S+/.exec(await program.line("Demo console"))?.[0] ?? "";
  return { ...program, url };
}

/** Starts it. What is left of it is ended after the test. */
export function begin(t: Ending, { port = 0, stdin = "ignore", folder = ROOT }: How): Program {
  const child = spawn("npm", ["start", "--", "--port", String(port)], {
    cwd: folder,
    stdio: [stdin, "pipe", "pipe"],
    // A group of its own, to be told apart from this test.
    detached: true,
  });
  t.after(() => signalGroup(child, "SIGKILL"));
  const { stdout, stderr } = child;
  if (!stdout || !stderr) throw new Error("npm has no output");
  const ended = Promise.all([once(stdout, "close"), once(stderr, "close")]);
  const lines: string[] = [];
  const waiting = new Set<() => void>();
  for (const output of [stdout, stderr])
    createInterface(output).on("line", (line) => {
      lines.push(line);
      for (const look of waiting) look();
    });
  const line = (text: string): Promise<string> => {
    const from = lines.length;
    return new Promise((resolve, reject) => {
      const look = () => {
        const found = lines.slice(from).find((written) => written.includes(text));
        if (found === undefined) return;
        waiting.delete(look);
        resolve(found);
      };
      waiting.add(look);
      void ended.then(() => reject(new Error(`no "${text}" in:\n${lines.join("\n")}`)));
    });
  };
  return { child, line, lines, ended };
}

/** As a terminal does it. */
export function signalGroup({ pid = 0 }: ChildProcess, signal: NodeJS.Signals): void {
  try {
    process.kill(-pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

/** Whether somebody listens at an address. */
export async function isServed(url: string): Promise<boolean> {
  const { hostname, port } = new URL(url);
  const socket = createConnection(Number(port), hostname);
  try {
    await once(socket, "connect");
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

/** A port that somebody else has. */
export async function takenPort(t: Ending): Promise<number> {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  t.after(() => other.close());
  return (other.address() as AddressInfo).port;
}
