import type { Exchange, HeaderLine, Outcome } from "./model.ts";

const SECRET_HEADERS = new Set(["authorization", "cookie", "x-auth-token", "x-csrf-token"]);
const MASK = "••••";

/**
 * A `fetch` that tells what it sends and receives: once when a request leaves, then again with every part of
 * its answer.
 */
export function recordingFetch(report: (index: number, exchange: Exchange) => void): typeof fetch {
  let count = 0;
  return async (input, init) => {
    // A simulated fault hits the first attempt only, so that one sees how the next one fares.
    const headers = new Headers(init?.headers);
    if (count > 0) headers.delete("X-Sim-Fault");
    const request = new Request(input, { ...init, headers });
    const startedAt = performance.now();
    const index = count++;
    const tell = (outcome: Outcome) => report(index, { ...describe(request), outcome });
    const elapsed = () => Math.round(performance.now() - startedAt);

    tell({ name: "pending" });
    try {
      const response = await fetch(input, { ...init, headers });
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
  tell: (outcome: Outcome) => void,
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
