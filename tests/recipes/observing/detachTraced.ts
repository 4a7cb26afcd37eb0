import {
  type Context,
  context,
  propagation,
  type Span,
  SpanKind,
  SpanStatusCode,
  trace,
} from "@opentelemetry/api";
import {
  type DetachOutcome,
  type DetachVolumeAndWaitOptions,
  detachVolumeAndWait,
  type FetchFunction,
  isEcsError,
} from "ecs-detach-volume";

const tracer = () => trace.getTracer("console");

/** `detachVolumeAndWait` as a span, with one span below it for each request. */
export async function detachTraced(options: DetachVolumeAndWaitOptions): Promise<DetachOutcome> {
  const { serverId, volumeId } = options;
  const span = tracer().startSpan("detach disk", {
    attributes: { "ecs.server": serverId, "ecs.volume": volumeId },
  });
  let phase: string | undefined;
  try {
    const outcome = await detachVolumeAndWait({
      ...options,
      fetch: tracedFetch(options.fetch ?? globalThis.fetch, trace.setSpan(context.active(), span)),
      onProgress(progress) {
        if (progress.phase !== phase) span.addEvent(progress.phase);
        phase = progress.phase;
        options.onProgress?.(progress);
      },
    });
    span.setAttribute("ecs.confirmed_by", outcome.confirmedBy);
    return outcome;
  } catch (error) {
    if (isEcsError(error)) span.setAttributes({ "ecs.kind": error.kind, "ecs.job": error.jobId ?? "" });
    fail(span, error);
    throw error;
  } finally {
    span.end();
  }
}

/**
 * Gives each request a span and the header `traceparent`. The parent is handed over: in a page, nothing keeps it
 * across an `await`. On another origin, CORS has to allow the header.
 */
function tracedFetch(fetch: FetchFunction, parent: Context): FetchFunction {
  return async (url, init) => {
    const attributes = { "http.request.method": init.method ?? "GET", "url.full": url };
    const span = tracer().startSpan(`${init.method}`, { kind: SpanKind.CLIENT, attributes }, parent);
    const headers = new Headers(init.headers);
    propagation.inject(trace.setSpan(parent, span), headers, {
      set: (to, name, value) => to.set(name, value),
    });
    try {
      const reply = await fetch(url, { ...init, headers });
      span.setAttribute("http.response.status_code", reply.status);
      span.setAttribute("ecs.request_id", reply.headers.get("x-request-id") ?? "");
      if (reply.status >= 400) span.setStatus({ code: SpanStatusCode.ERROR });
      return reply;
    } catch (error) {
      fail(span, error);
      throw error;
    } finally {
      span.end();
    }
  };
}

function fail(span: Span, error: unknown): void {
  span.recordException(error instanceof Error ? error : String(error));
  span.setStatus({ code: SpanStatusCode.ERROR });
}
