// Errors as values: in the console, as JSON, in another thread.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { test } from "node:test";
import { inspect } from "node:util";
import { isEcsError } from "ecs-detach-volume";
import { describeError } from "ecs-detach-volume/messages/en";
import { answering, failure, valid } from "./support.ts";

const refused = () => {
  const { fetch } = answering('{"error":{"code":"Ecs.0057","message":"in use"}}', {
    status: 409,
    headers: { "x-request-id": "r" },
  });
  return failure({ ...valid, fetch });
};

test("as JSON an error has all that it knows, but for the cause and the stack", async () => {
  const error = await refused();
  const text = JSON.stringify(error);
  const known = JSON.parse(text) as Record<string, unknown>;
  assert.deepEqual([known.kind, known.status, known.requestId], ["conflict", 409, "r"]);
  assert.deepEqual(known, {
    ...(error as Record<string, unknown>),
    name: "EcsError",
    message: error.message,
  });
  const secret = Object.assign(new Error("with a token"), { token: "secret" });
  const lost = await failure({ ...valid, fetch: () => Promise.reject(secret) });
  assert.equal(lost.cause, secret);
  assert.doesNotMatch(JSON.stringify(lost), /secret|with a token|stack/);
});

test("what crosses a border as JSON, or as a clone of that, is known and described", async () => {
  const error = await refused();
  for (const copy of [JSON.parse(JSON.stringify(error)), structuredClone(error.toJSON())]) {
    assert.ok(isEcsError(copy));
    assert.deepEqual(describeError(copy), describeError(error));
  }
  const aborted = await failure({
    ...valid,
    signal: AbortSignal.timeout(0),
    fetch: () => new Promise(() => {}),
  });
  assert.equal(aborted.name, "TimeoutError");
  assert.ok(isEcsError(JSON.parse(JSON.stringify(aborted))));
});

test("the console shows the fields of its kind and nothing of ours", async () => {
  const error = await refused();
  const shown = inspect(error);
  assert.match(shown, /^Error \[EcsError\]: HTTP 409, Ecs.0057: in use|^EcsError: HTTP 409/);
  assert.match(shown, /kind: 'conflict'/);
  assert.doesNotMatch(shown, /toJSON|\[cause\]|name:/);
  assert.equal(String(error), "EcsError: HTTP 409, Ecs.0057: in use");
});

test("frozen prototypes keep no error from what it has to say", () => {
  const script = `
    for (const { prototype } of [Error, Object, Function, Array]) Object.freeze(prototype);
    const { detachVolume, isEcsError } = await import("ecs-detach-volume");
    const reason = new Error("gone");
    const error = await detachVolume({
      endpoint: "https://host", projectId: "p", serverId: "s", volumeId: "v", signal: AbortSignal.abort(reason),
    }).catch((error) => error);
    console.log(isEcsError(error), error.name, error.kind, error.message, error.cause === reason);`;
  const output = execFileSync(process.execPath, ["--input-type=module", "--eval", script], {
    encoding: "utf8",
  });
  assert.match(output, /^true AbortError aborted .* true\n$/);
});

test("an engine whose signals know no reason is understood", async () => {
  const signal = { aborted: true, reason: undefined, addEventListener() {}, removeEventListener() {} };
  const error = await failure({ ...valid, signal });
  assert.deepEqual([error.kind, error.name], ["aborted", "AbortError"]);
  assert.equal((error.cause as Error).name, "AbortError");
});
