import assert from "node:assert/strict";
import { setMaxListeners } from "node:events";
import { test } from "node:test";
import { detachVolume, detachVolumeAndWait, getJob, isEcsError, type Progress } from "ecs-detach-volume";
import { answering, countingSignal, failure, rejection, task, valid } from "./support.ts";

const never = new Promise<never>(() => {});
const accepted = '{"job_id":"1"}';

/** A body that comes in parts; a part that is a function is called for what it does. */
function stream(...parts: (string | ((controller: ReadableStreamDefaultController) => unknown))[]) {
  let isCancelled = false;
  const body = new ReadableStream({
    pull(controller) {
      const part = parts.shift();
      if (part === undefined) return controller.close();
      if (typeof part === "string") return controller.enqueue(new TextEncoder().encode(part));
      part(controller);
      return never;
    },
    cancel() {
      isCancelled = true;
    },
  });
  return { body, isCancelled: () => isCancelled };
}

for (const reason of [new Error("bye"), "bye", { bye: 1 }, null, new DOMException("late", "TimeoutError")]) {
  test(`an abort with ${String(reason)} before the call sends nothing`, async () => {
    const { fetch, calls } = answering(accepted);
    const error = await failure({ ...valid, fetch, signal: AbortSignal.abort(reason) });
    assert.equal(calls.length, 0);
    assert.equal(error.kind, "aborted");
    assert.equal(error.mayHaveStarted, false);
    assert.equal(error.cause, reason);
  });

  test(`an abort with ${String(reason)} during the exchange ends it`, async () => {
    const { controller, signal, listeners } = countingSignal();
    let ended: AbortSignal | null | undefined;
    const fetch = (_: string, init: RequestInit) => {
      ended = init.signal;
      queueMicrotask(() => controller.abort(reason));
      return never;
    };
    const error = await failure({ ...valid, fetch, signal });
    assert.equal(error.kind, "aborted");
    assert.equal(error.mayHaveStarted, true);
    assert.equal(error.cause, reason);
    assert.equal(error.name, reason instanceof DOMException ? "TimeoutError" : "AbortError");
    assert.equal(ended?.aborted, true);
    assert.equal(listeners(), 0);
  });
}

test("an abort without a reason is an AbortError", async () => {
  const error = await failure({ ...valid, fetch: () => never, signal: AbortSignal.abort() });
  assert.equal(error.name, "AbortError");
  assert.equal((error.cause as Error).name, "AbortError");
});

test("an abort in the middle of the body ends the call", async () => {
  const controller = new AbortController();
  const { body } = stream('{"job', () => controller.abort("enough"));
  const error = await failure({ ...valid, fetch: answering(body).fetch, signal: controller.signal });
  assert.equal(error.kind, "aborted");
  assert.equal(error.mayHaveStarted, true);
});

test("a thousand calls on one signal leave no listener", async () => {
  const { signal, listeners } = countingSignal();
  setMaxListeners(0, signal);
  const { fetch } = answering(accepted);
  await Promise.all(Array.from({ length: 1000 }, () => detachVolume({ ...valid, fetch, signal })));
  assert.equal(listeners(), 0);
});

test("a fetch that never answers runs into the deadline", async () => {
  const error = await failure({ ...valid, fetch: () => never, attemptTimeoutMs: 5 });
  assert.equal(error.kind, "timeout");
  assert.equal(error.mayHaveStarted, true);
});

test("a body that stalls runs into the deadline", async () => {
  const { body } = stream('{"job', () => {});
  const error = await failure({ ...valid, fetch: answering(body).fetch, attemptTimeoutMs: 5 });
  assert.equal(error.kind, "timeout");
});

const failing: [title: string, fetch: unknown, cause: unknown][] = [
  [
    "throws",
    () => {
      throw "thrown";
    },
    "thrown",
  ],
  ["rejects with a string", () => Promise.reject("offline"), "offline"],
  ["rejects with undefined", () => Promise.reject(undefined), undefined],
];
for (const [title, fetch, cause] of failing) {
  test(`a fetch that ${title} is a network error, and the fate is unknown`, async () => {
    const error = await failure({ ...valid, fetch });
    assert.equal(error.kind, "network");
    assert.equal(error.mayHaveStarted, true);
    assert.equal(error.cause, cause);
  });
}

for (const value of [undefined, null, 5, "text", {}, { status: 200 }, { status: 200, headers: {} }]) {
  test(`a fetch that gives ${JSON.stringify(value)} is told apart from no reply`, async () => {
    const error = await failure({ ...valid, fetch: async () => value });
    assert.equal(error.kind, "network");
    assert.match(error.message, /not a Response/);
  });
}

test("a stand-in with text and without a stream is read", async () => {
  const reply = { status: 200, headers: new Map(), text: async () => accepted };
  assert.deepEqual(await detachVolume({ ...valid, fetch: (async () => reply) as never }), task("1"));
});

test("a reply in many parts is put together, whatever their borders", async () => {
  const bytes = new TextEncoder().encode('\ufeff{"job_id":"1","status":"INIT","job_type":"磁盘😀"}');
  const body = new ReadableStream({
    start(controller) {
      for (const byte of bytes) controller.enqueue(Uint8Array.of(byte));
      controller.close();
    },
  });
  assert.equal((await getJob({ ...valid, jobId: "1", fetch: answering(body).fetch })).jobType, "磁盘😀");
});

test("a body over 1 MiB is cut and the rest refused", async () => {
  const part = "x".repeat(300_000);
  const { body, isCancelled } = stream(part, part, part, part, part);
  let ended: AbortSignal | null | undefined;
  const fetch = async (_: string, init: RequestInit) => {
    ended = init.signal;
    return new Response(body);
  };
  const error = await failure({ ...valid, fetch });
  assert.equal(error.kind, "decode");
  assert.match(error.message, /longer than 1 MiB/);
  assert.equal(String(error.bodyExcerpt).length, 512);
  // A real fetch ends the stream by its signal; a stand-in is told by it.
  assert.ok(ended?.aborted || isCancelled());
});

test("a connection that breaks off in the body leaves the status to be judged", async () => {
  const broken = () =>
    stream('{"error":{"code":"Ecs.0', (controller) => controller.error(new Error("reset"))).body;
  const accepted = await failure({ ...valid, fetch: answering(broken()).fetch });
  assert.equal(accepted.kind, "decode");
  assert.match(accepted.message, /broke off/);
  const refused = await failure({ ...valid, fetch: answering(broken(), { status: 403 }).fetch });
  assert.equal(refused.kind, "forbidden");
  assert.equal(refused.status, 403);
});

test("a reply that was read to its end is left to others who read a clone of it", async () => {
  let clone: Response | undefined;
  const fetch = (async (_: string, init: RequestInit) => {
    const reply = new Response(accepted);
    clone = reply.clone();
    init.signal?.addEventListener("abort", () => clone?.body?.cancel());
    return reply;
  }) as typeof globalThis.fetch;
  await detachVolume({ ...valid, fetch });
  assert.equal(await clone?.text(), accepted);
});

test("a token that the server echoes does not reach the error", async () => {
  const token = "marker-0123456789abcdef";
  const echo = JSON.stringify({
    error: { code: `x.${token}`, message: token, details: [{ code: token, message: token }] },
    request_id: token,
  });
  const replies: [string, ResponseInit][] = [
    [echo, { status: 401, headers: { "X-Request-Id": token } }],
    [`<html>${token}</html>`, { status: 502 }],
    [`${token}`, { status: 200 }],
  ];
  for (const [body, init] of replies) {
    const { fetch } = answering(body, init);
    const error = await failure({ ...valid, auth: { token }, headers: { "X-CSRF": `${token}-csrf` }, fetch });
    assert.doesNotMatch(JSON.stringify({ ...error, message: error.message, stack: error.stack }), /marker/);
  }
});

test("a secret longer than an excerpt is blacked out as a whole", async () => {
  const token = "marker".repeat(400);
  const { fetch } = answering(`<html>${token}</html>`, { status: 502 });
  const error = await failure({ ...valid, auth: { token }, fetch });
  assert.equal(error.bodyExcerpt, "<html>***</html>");
  assert.equal(error.message, "HTTP 502: <html>***</html>");
});

test("a job id is left alone, even where a header's value is a part of it", async () => {
  const { fetch } = answering('{"job_id":"ff8080000000"}');
  const headers = { "X-Tenant": "000000" };
  assert.deepEqual(await detachVolume({ ...valid, headers, fetch }), task("ff8080000000"));
});

test("a call that fails does not disturb the next", async () => {
  await rejection(detachVolume({ ...valid, fetch: () => Promise.reject("offline") }));
  assert.deepEqual(await detachVolume({ ...valid, fetch: answering(accepted).fetch }), task("1"));
});

test("an abort between two requests keeps the next one from being sent", async () => {
  const controller = new AbortController();
  const { fetch, calls } = answering(`{"volumeAttachment":{"volumeId":"${valid.volumeId}","bootIndex":-1}}`);
  const onProgress = ({ phase }: Progress) => phase === "submitting" && controller.abort();
  const promise = detachVolumeAndWait({ ...valid, fetch, signal: controller.signal, onProgress });
  const error = await rejection(promise);
  assert.ok(isEcsError(error) && error.kind === "aborted", String(error));
  assert.deepEqual([calls.length, error.mayHaveStarted, error.attempts], [1, false, 0]);
});

test("a reply whose body a wrapper has read is said to be that, and not asked for again", async () => {
  for (const read of [(reply: Response) => reply.text(), (reply: Response) => reply.body?.getReader()]) {
    const { fetch, calls } = answering('{"status":"INIT","job_id":"1"}');
    const wrapper: typeof fetch = async (...args) => {
      const reply = await fetch(...args);
      await read(reply);
      return reply;
    };
    const error = await rejection(getJob({ ...valid, jobId: "1", fetch: wrapper }));
    assert.ok(isEcsError(error) && error.kind === "decode", String(error));
    assert.match(error.message, /read/);
    assert.equal(calls.length, 1);
  }
});

test("a path where there is no page is a wrong endpoint, and nothing was sent", async () => {
  const error = await failure({ ...valid, auth: undefined, endpoint: "/api/ecs" });
  assert.deepEqual([error.kind, error.option, error.mayHaveStarted], ["options", "endpoint", false]);
  const offline = () => Promise.reject(new TypeError("offline"));
  const own = await failure({ ...valid, auth: undefined, endpoint: "/api/ecs", fetch: offline });
  assert.deepEqual([own.kind, own.mayHaveStarted], ["network", true]);
});

test("a global stand-in that takes paths and loses a request is a network that failed, after it was sent", async () => {
  const { fetch } = globalThis;
  try {
    for (const lost of [new TypeError("Failed to fetch"), new Error("lost"), "lost", undefined]) {
      globalThis.fetch = () => Promise.reject(lost);
      const error = await failure({ ...valid, auth: undefined, endpoint: "/api/ecs" });
      assert.deepEqual([error.kind, error.mayHaveStarted], ["network", true]);
    }
  } finally {
    globalThis.fetch = fetch;
  }
});

const strange = () => assert.fail("strange");

test("a signal that throws keeps no promise from being settled", async () => {
  const signals = [
    { aborted: false, addEventListener: strange, removeEventListener() {} },
    { aborted: false, addEventListener() {}, removeEventListener: strange },
    {
      get aborted() {
        return strange();
      },
      addEventListener() {},
      removeEventListener() {},
    },
  ];
  for (const signal of signals) {
    const { fetch } = answering('{"job_id":"ff8080"}');
    const options = { ...valid, fetch, signal: signal as unknown as AbortSignal };
    assert.equal((await detachVolume(options)).jobId, "ff8080");
  }
});

test("a reason whose name cannot be read is a reason", async () => {
  const reason = Object.defineProperty({}, "name", { get: strange });
  const error = await failure({ ...valid, fetch: answering("").fetch, signal: AbortSignal.abort(reason) });
  assert.deepEqual([error.kind, error.name, error.cause], ["aborted", "AbortError", reason]);
});

test("a stand-in whose status or headers are odd costs no other call", async () => {
  const odd = async (status: unknown, value: unknown) => {
    const reply: unknown = { status, headers: { get: () => value }, text: async () => '{"job_id":"ff8080"}' };
    return reply as Response;
  };
  for (const value of [7, true, ["r"]]) {
    const task = await detachVolume({ ...valid, fetch: () => odd(200, value) });
    assert.equal(task.requestId, String(value));
  }
  const error = await failure({ ...valid, fetch: () => odd(Symbol("200"), null) });
  assert.deepEqual([error.kind, error.mayHaveStarted], ["network", true]);
});
