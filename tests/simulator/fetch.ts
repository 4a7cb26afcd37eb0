import { ConnectionLost, isUsed } from "./faults.ts";
import { throwIfAborted } from "./platform.ts";

const BASE = "http://simulator.localhost";
const MAX_REDIRECTS = 20;

type Receive = (request: Request, signal: AbortSignal | undefined) => Promise<Response>;

/** A stand-in for `fetch` whose other end is `receive` instead of a network. */
export function createFetch(receive: Receive): typeof globalThis.fetch {
  return async (input, init) => {
    // The signal stays out of the request: a request would keep a listener of its own on it.
    const signal = init?.signal ?? (input instanceof Request ? input.signal : undefined);
    const target = input instanceof Request ? input : new URL(input, BASE);
    const request = new Request(target, { ...init, signal: null });
    throwIfAborted(signal);
    // Whatever waits in there ends with the signal; the rest takes no time.
    const reply = await follow(receive, request, signal);
    throwIfAborted(signal);
    if (isUsed(reply)) await reply.text();
    return reply;
  };
}

async function follow(receive: Receive, first: Request, signal: AbortSignal | undefined): Promise<Response> {
  let request = first;
  for (let hops = 0; hops <= MAX_REDIRECTS; hops += 1) {
    // A body can be read once only. Most requests have none, and a copy takes time.
    const next = request.body === null ? request : request.clone();
    const reply = await exchange(receive, request, signal);
    const location = reply.headers.get("Location");
    if (reply.status < 300 || reply.status > 399 || !location || first.redirect === "manual") {
      return withUrl(reply, request.url, hops > 0);
    }
    if (first.redirect === "error") throw new TypeError("Failed to fetch");
    request = new Request(new URL(location, request.url), next);
  }
  throw new TypeError("Failed to fetch");
}

async function exchange(
  receive: Receive,
  request: Request,
  signal: AbortSignal | undefined,
): Promise<Response> {
  try {
    return await receive(request, signal);
  } catch (cause) {
    if (cause instanceof ConnectionLost) throw new TypeError("Failed to fetch", { cause });
    throw cause;
  }
}

/** A constructed response has neither, and a caller may look. */
function withUrl(reply: Response, url: string, redirected: boolean): Response {
  return Object.defineProperties(reply, { url: { value: url }, redirected: { value: redirected } });
}
