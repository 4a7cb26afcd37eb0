// The recipes for seeing what happens: a log, spans, and a ticket.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { propagation, SpanStatusCode, trace } from "@opentelemetry/api";
import { W3CTraceContextPropagator } from "@opentelemetry/core";
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from "@opentelemetry/sdk-trace-base";
import { detachVolume, detachVolumeAndWait } from "ecs-detach-volume";
import {
  cloud,
  DATA_DISK_ID,
  type Fault,
  type FaultRule,
  PROJECT_ID,
  SERVER_ID,
} from "ecs-detach-volume/testing";
import { detachTraced } from "./observing/detachTraced.ts";
import { type LoggedRequest, loggedFetch } from "./observing/loggedFetch.ts";
import { supportTicket } from "./observing/supportTicket.ts";

const TOKEN = "a-token-that-nobody-may-see";
const DISK = { serverId: SERVER_ID, volumeId: DATA_DISK_ID };
const SHORT = { initialDelayMs: 1, pollIntervalMs: 1, retry: { baseDelayMs: 1 } };

function setUp(...faults: (Fault | FaultRule)[]) {
  const myCloud = cloud({ projects: [{ id: PROJECT_ID, tokens: [TOKEN] }], taskMs: 0, faults });
  const options = { endpoint: "https://ecs.example.com", projectId: PROJECT_ID, ...DISK, ...SHORT };
  return { myCloud, options: { ...options, auth: { token: TOKEN }, fetch: myCloud } };
}

test("each request is logged, with what may not be seen masked", async () => {
  const { myCloud, options } = setUp({ fault: "drop-before", on: "task" });
  const log: LoggedRequest[] = [];
  const fetch = loggedFetch(myCloud, (request) => log.push(request));
  await detachVolumeAndWait({
    ...options,
    headers: { "X-CSRF": "another secret" },
    language: "zh-cn",
    fetch,
  });
  assert.deepEqual(
    log.map(({ method, status }) => [method, status ?? "lost"]),
    myCloud.requests.map(({ method, answered }) => [method, answered === "dropped" ? "lost" : answered]),
  );
  assert.ok(log.some(({ status, error }) => status === null && error instanceof TypeError));
  for (const { headers } of log) {
    assert.deepEqual(
      [headers["x-auth-token"], headers["x-csrf"], headers["x-language"]],
      ["***", "***", "zh-cn"],
    );
  }
  assert.doesNotMatch(JSON.stringify(log), /nobody-may-see|another secret/);
});

test("a log keeps the request id of a refusal", async () => {
  const { myCloud, options } = setUp("code:Pdp.0001");
  const log: LoggedRequest[] = [];
  const fetch = loggedFetch(myCloud, (request) => log.push(request));
  await assert.rejects(detachVolume({ ...options, fetch }), ({ requestId }) => {
    assert.deepEqual([log.at(-1)?.status, log.at(-1)?.requestId], [403, requestId]);
    return true;
  });
});

test("a log that throws takes nothing from a request that was accepted", async (t) => {
  const { myCloud, options } = setUp();
  const written = t.mock.method(console, "error", () => {});
  const fetch = loggedFetch(myCloud, () => {
    throw new Error("the log is full");
  });
  await detachVolumeAndWait({ ...options, fetch });
  assert.equal(myCloud.isAttached(DATA_DISK_ID), false);
  assert.equal(written.mock.callCount(), myCloud.requests.length);
});

const exporter = new InMemorySpanExporter();
before(() => {
  trace.setGlobalTracerProvider(
    new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] }),
  );
  propagation.setGlobalPropagator(new W3CTraceContextPropagator());
});
after(() => {
  trace.disable();
  propagation.disable();
});

/** The spans of a call: its own, and those of its requests. */
async function spansOf(call: Promise<unknown>) {
  exporter.reset();
  await call.catch(() => {});
  const spans = exporter.getFinishedSpans();
  const own = spans.find(({ name }) => name === "detach disk") ?? assert.fail();
  return { own, requests: spans.filter((span) => span !== own) };
}

test("a call is a span, with one for each request, which carries it on", async () => {
  const { myCloud, options } = setUp();
  const { own, requests } = await spansOf(detachTraced(options));
  assert.deepEqual(
    own.events.map(({ name }) => name),
    ["checking", "submitting", "waiting", "confirming"],
  );
  assert.equal(own.attributes["ecs.confirmed_by"], "attachment");
  const { traceId, spanId } = own.spanContext();
  assert.deepEqual(
    requests.map((span) => [
      span.name,
      span.parentSpanContext?.spanId,
      span.attributes["http.response.status_code"],
    ]),
    myCloud.requests.map(({ method, answered }) => [method, spanId, answered]),
  );
  assert.deepEqual(
    myCloud.requests.map(({ headers }) => headers.traceparent),
    requests.map((span) => `00-${traceId}-${span.spanContext().spanId}-01`),
  );
});

test("the span of a call that failed says of what kind the error was", async () => {
  const { options } = setUp("job-fails");
  const { own } = await spansOf(detachTraced(options));
  assert.equal(own.status.code, SpanStatusCode.ERROR);
  assert.equal(own.attributes["ecs.kind"], "job-failed");
  assert.match(String(own.attributes["ecs.job"]), /./);
});

test("the span of a request that was lost has failed, and the call has not", async () => {
  const { options } = setUp({ fault: "drop-before", on: "attachment" });
  const { own, requests } = await spansOf(detachTraced(options));
  assert.equal(own.status.code, SpanStatusCode.UNSET);
  assert.equal(requests[0]?.status.code, SpanStatusCode.ERROR);
});

test("a ticket has the ids of the requests, and why the fate is unknown", async () => {
  const { myCloud, options } = setUp("html:502:committed", {
    fault: "status:403",
    on: "attachment",
    after: 1,
    times: 9,
  });
  const error = await detachVolumeAndWait(options).catch((reason) => reason);
  const text = supportTicket(error, DISK, new Date(Date.UTC(2026, 0, 1)));
  assert.equal(myCloud.isAttached(DATA_DISK_ID), false);
  const lines = Object.fromEntries(text.split("\n").map((line) => line.split(/: (.*)/)));
  assert.deepEqual(lines, {
    "Time (UTC)": "2026-01-01T00:00:00.000Z",
    "Server (ECS)": SERVER_ID,
    "Disk (EVS)": DATA_DISK_ID,
    Error: `${error.kind}: ${error.message}`,
    "Request id of the DELETE": error.detachRequestId,
    "Request id of the last request": error.requestId,
    Detachment: "may have started",
    "Unclear because of": `${error.doubt.kind}: ${error.doubt.message}`,
    "Last failed request": `${error.lastFailure.kind}: ${error.lastFailure.message}`,
  });
  assert.notEqual(error.requestId, error.detachRequestId);
});

test("a ticket is made of any error", () => {
  assert.match(supportTicket(new TypeError("x is undefined"), DISK), /^Error: TypeError: x is undefined$/m);
});
