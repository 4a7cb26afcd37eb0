import type { Exchange, ExchangeOutcome, HeaderLine } from "./model.ts";
import { transport } from "./transport.ts";

/** What a request of a detach is for. */
export type Purpose = "detach" | "question" | "look";

export function purposeOf(method: string, url: string): Purpose {
  if (method === "DELETE") return "detach";
  return url.includes("/jobs/") ? "question" : "look";
}

const SECRET_HEADERS = new Set(["authorization", "cookie", "x-auth-token", "x-csrf-token"]);
const MASK = "••••";

let count = 0;

/**
 * A `fetch` that tells what it sends and receives: once when a request leaves, then again with every part of
 * its answer.
 */
export function recordingFetch(report: (exchange: Exchange) => void): typeof fetch {
  return async (input, init) => {
    const request = new Request(input, init);
    const startedAt = performance.now();
    const about = { id: ++count, sentAt: new Date(), ...describe(request) };
    const tell = (outcome: ExchangeOutcome) => report({ ...about, outcome });
    const elapsed = () => Math.round(performance.now() - startedAt);

    tell({ name: "pending" });
    try {
      const response = await transport(input, init);
      await readAnswer(response, elapsed(), tell);
      return response;
    } catch (error) {
      tell({ name: "lost", durationMs: elapsed(), isAborted: request.signal.aborted });
      throw error;
    }
  };
}

/** Reads a copy of the body first: the caller may abort the exchange as soon as it has read its own. */
async function readAnswer(
  response: Response,
  durationMs: number,
  tell: (outcome: ExchangeOutcome) => void,
): Promise<void> {
  const { status, statusText } = response;
  const headers = headerLines(response.headers);
  const answered = (body: { text: string; isCut: boolean } | null) =>
    tell({ name: "answered", durationMs, answer: { status, statusText, headers, body } });

  const copy = response.clone();
  answered(null);
  try {
    answered({ text: await copy.text(), isCut: false });
  } catch {
    answered({ text: "", isCut: true });
  }
}

function describe(request: Request): Pick<Exchange, "method" | "url" | "requestHeaders"> {
  const { method, headers } = request;
  const { origin, pathname, search } = new URL(request.url);
  const url = origin === location.origin ? pathname + search : request.url;
  return { method, url, requestHeaders: headerLines(headers) };
}

function headerLines(headers: Headers): HeaderLine[] {
  return [...headers].map(([name, value]) => [name, SECRET_HEADERS.has(name) ? MASK : value]);
}
