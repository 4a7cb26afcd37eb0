// Tells a page when a request of its has come or gone at the server, so that it need not guess.
import { EventEmitter, once } from "node:events";
import type { Simulator } from "../simulator/index.ts";

type Handle = Simulator["handle"];

/** A simulator's `handle` that can be watched. */
export function watch(simulator: Simulator) {
  const changes = new EventEmitter().setMaxListeners(0);
  const isPending = () =>
    simulator.requests.some(({ method, answered }) => method === "DELETE" && answered === "pending");

  const handle: Handle = async (request) => {
    try {
      const reply = simulator.handle(request);
      changes.emit("change");
      return await reply;
    } finally {
      changes.emit("change");
    }
  };

  /** Answers as soon as a DELETE is being worked on, or none is any more. */
  const answerWhen = async (pending: boolean): Promise<Response> => {
    while (isPending() !== pending) await once(changes, "change");
    return new Response(null, { status: 204 });
  };

  return { handle, answerWhen };
}
