// A connection between a client and the simulator, with a copy of every byte that the client sends.

import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Socket } from "node:net";

export interface Tap {
  /** Without a slash at the end. */
  url: string;
  /** Everything that has come from clients since it was last asked, in order. */
  take(): Buffer;
  close(): void;
}

/** Passes everything on to a server on the loopback interface, and back. */
export async function startTap(target: string): Promise<Tap> {
  const { hostname, port } = new URL(target);
  const chunks: Buffer[] = [];
  const sockets = new Set<Socket>();
  const server = createServer((client) => {
    const service = connect(Number(port), hostname);
    for (const socket of [client, service]) {
      sockets.add(socket);
      // An end that breaks takes the other one along; what the client makes of it is the test's to say.
      socket.on("error", () => {});
      socket.on("close", () => {
        client.destroy();
        service.destroy();
      });
    }
    client.on("data", (chunk) => chunks.push(chunk));
    client.pipe(service).pipe(client);
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    take: () => Buffer.concat(chunks.splice(0)),
    close() {
      server.close();
      for (const socket of sockets) socket.destroy();
    },
  };
}
