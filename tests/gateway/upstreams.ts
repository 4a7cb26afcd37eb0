// What can stand behind the gateway: the simulated cloud, whole or with replies that go wrong on the wire.
import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo, Server, Socket } from "node:net";
import type { TestContext } from "node:test";
import type { Simulator } from "../simulator/index.ts";
import { serve } from "../simulator/serve.ts";

export interface Upstream {
  url: string;
  /** Resets every connection. Called when the client has the head of the reply. */
  breakOff?: () => void;
}

/** Ends with the test. */
export type StartUpstream = (t: TestContext, sim: Simulator) => Promise<Upstream>;

export const whole: StartUpstream = async (t, sim) => {
  const server = await serve(sim);
  t.after(() => server.close());
  return server;
};

/** An address at which nothing listens. */
export const nothing = async (): Promise<Upstream> => {
  const server = createServer();
  const url = await listen(server);
  server.close();
  await once(server, "close");
  return { url };
};

/** The length of the reply is announced, and the connection is reset after half of it. */
export const brokenOff = raw((reply, body) => {
  const long = padded(body);
  return `${head(reply)}Content-Length: ${long.length}\r\n\r\n${half(long)}`;
});

/** The last chunk never comes. */
export const brokenOffChunk = raw((reply, body) => {
  const part = half(padded(body));
  return `${head(reply)}Transfer-Encoding: chunked\r\n\r\n${part.length.toString(16)}\r\n${part}\r\n`;
});

/** More header than nginx takes from an upstream. */
export const longHead = raw(
  (reply, body) =>
    `${head(reply)}X-Long: ${"x".repeat(100_000)}\r\nContent-Length: ${body.length}\r\n\r\n${body}`,
);

/** The service has done its work, and what comes back is another protocol. */
export const noHttp = raw(() => "220 mail.example.com ESMTP\r\n", { end: true });

/** Lets the simulator do what is asked, and puts these bytes on the wire instead of its reply. */
function raw(bytes: (reply: Response, body: string) => string, { end = false } = {}): StartUpstream {
  return async (t, sim) => {
    const sockets = new Set<Socket>();
    const server = createServer(async ({ method = "", url = "", headers, socket }) => {
      sockets.add(socket);
      const request = new Request(`http://api${url}`, {
        method,
        headers: headers as Record<string, string>,
      });
      const reply = await sim.handle(request);
      socket.write(bytes(reply, await reply.text()));
      if (end) socket.end();
    });
    const breakOff = () => {
      for (const socket of sockets) socket.resetAndDestroy();
    };
    t.after(() => {
      server.close();
      server.closeAllConnections();
    });
    return { url: await listen(server), breakOff };
  };
}

async function listen(server: Server): Promise<string> {
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

function head({ status }: Response): string {
  return `HTTP/1.1 ${status} Status\r\nContent-Type: application/json\r\n`;
}

/** Longer than what a gateway keeps back before it passes anything on. */
function padded(body: string): string {
  return JSON.stringify({ ...(JSON.parse(body) as object), padding: "x".repeat(200_000) });
}

function half(text: string): string {
  return text.slice(0, text.length / 2);
}
