// Listening, for the servers of this project: the simulator and the demo console.
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

export interface RunningServer {
  /** Without a slash at the end. */
  url: string;
  /** Ends open and hanging connections at once. */
  close(): Promise<void>;
}

export interface Address {
  /** Default 0: any free port. */
  port?: number;
  /** Default `"127.0.0.1"`. */
  hostname?: string;
}

/** Rejects with the listen error, for example `EADDRINUSE`. */
export async function listen(
  server: Server,
  { port = 0, hostname = "127.0.0.1" }: Address,
): Promise<RunningServer> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, hostname, resolve);
  });
  const address = server.address() as AddressInfo;
  const host = address.family === "IPv6" ? `[${address.address}]` : address.address;
  return {
    url: `http://${host}:${address.port}`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** A port that nobody has, for a program that must be told one. */
export async function freePort(): Promise<number> {
  const { url, close } = await listen(createServer(), {});
  await close();
  return Number(new URL(url).port);
}

/**
 * A server as a program: on a port, or on another where that is taken.
 *
 * @param start Starts it on a port; 0: any.
 * @param announce Says where it is.
 */
export async function runAsProgram(
  port: number,
  start: (port: number) => Promise<RunningServer>,
  announce: (url: string) => void,
): Promise<void> {
  try {
    announce((await startNear(port, start)).url);
  } catch (error) {
    console.error(error instanceof Error ? error.message : error);
    process.exitCode = 1;
  }
}

async function startNear(
  port: number,
  start: (port: number) => Promise<RunningServer>,
): Promise<RunningServer> {
  try {
    return await start(port);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EADDRINUSE") throw error;
    console.log(`Port ${port} is taken, so here is another.`);
    return start(0);
  }
}
