// Replies that break off on the wire, in the middle of the body.
import type { IncomingMessage, ServerResponse } from "node:http";
import type { Simulator } from "../simulator/index.ts";

const PATH = /^\/cut-(length|chunks)(\/.*)$/;

/** Whether a path is one below which the cloud's replies break off. */
export function isCut(path: string): boolean {
  return PATH.test(path);
}

/** Answers as the cloud does, and ends the connection after half of the body. */
export async function cutOff(
  { fetch }: Simulator,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): Promise<void> {
  const [, framing, path = "/"] = PATH.exec(incoming.url ?? "") ?? [];
  const headers = { "X-Auth-Token": String(incoming.headers["x-auth-token"]) };
  const reply = await fetch(path, { method: incoming.method ?? "GET", headers });
  const bytes = Buffer.from(await reply.arrayBuffer());
  // HTTP/1.1 tells the end of a body by its length, or by a last chunk.
  const length = framing === "length" ? { "Content-Length": bytes.length } : {};
  outgoing.writeHead(reply.status, { "Content-Type": "application/json", ...length });
  outgoing.write(bytes.subarray(0, bytes.length / 2), () => outgoing.destroy());
}
