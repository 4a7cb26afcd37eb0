import type { FetchFunction } from "ecs-detach-volume";

/** Headers whose values are no secrets. All others are masked: a token, a signature, a CSRF header. */
const HARMLESS = ["accept", "content-type", "traceparent", "x-language", "x-sdk-date"];

/** What is logged of a request. */
export interface LoggedRequest {
  method: string;
  url: string;
  headers: Record<string, string>;
  /** `null` if no reply came. */
  status: number | null;
  /** By which the vendor's support finds it. */
  requestId: string | null;
  ms: number;
  error?: unknown;
}

/**
 * A `fetch` that logs each request. It leaves the body of the reply alone: what is read here is gone. A log that throws
 * changes nothing: its error is written to the console.
 */
export function loggedFetch(fetch: FetchFunction, log: (request: LoggedRequest) => void): FetchFunction {
  return async (url, init) => {
    const began = performance.now();
    const lines = [...new Headers(init.headers)];
    const headers = Object.fromEntries(
      lines.map(([name, value]) => [name, HARMLESS.includes(name) ? value : "***"]),
    );
    const sent = { method: init.method ?? "GET", url, headers };
    const tell = (result: Pick<LoggedRequest, "status" | "requestId" | "error">) => {
      try {
        log({ ...sent, ...result, ms: Math.round(performance.now() - began) });
      } catch (error) {
        console.error(error);
      }
    };
    try {
      const reply = await fetch(url, init);
      tell({ status: reply.status, requestId: reply.headers.get("x-request-id") ?? null });
      return reply;
    } catch (error) {
      tell({ status: null, requestId: null, error });
      throw error;
    }
  };
}
