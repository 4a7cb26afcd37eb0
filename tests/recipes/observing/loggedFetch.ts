import type { FetchFunction } from "ecs-detach-volume";

/** Headers whose values are no secrets. All others are masked: a token, a signature, a CSRF header. */
const HARMLESS = ["accept", "content-type", "traceparent", "x-language", "x-sdk-date"];

/** What is logged of a request. */
export interface LoggedRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  /** `null` where no reply came. */
  status: number | null;
  /** By which the vendor's support finds it. */
  requestId: string | null;
  ms: number;
  error?: unknown;
}

/** A `fetch` that logs each request. It leaves the body of the reply alone: what is read here is gone. */
export function loggedFetch(fetch: FetchFunction, log: (request: LoggedRequest) => void): FetchFunction {
  return async (url, init) => {
    const began = performance.now();
    const lines = [...new Headers(init.headers)];
    const headers = Object.fromEntries(
      lines.map(([name, value]) => [name, HARMLESS.includes(name) ? value : "***"]),
    );
    const sent = { method: init.method ?? "GET", url, headers };
    const elapsed = () => ({ ms: Math.round(performance.now() - began) });
    try {
      const reply = await fetch(url, init);
      const requestId = reply.headers.get("x-request-id") ?? null;
      log({ ...sent, status: reply.status, requestId, ...elapsed() });
      return reply;
    } catch (error) {
      log({ ...sent, status: null, requestId: null, ...elapsed(), error });
      throw error;
    }
  };
}
