import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { afterEach, test } from "node:test";
import { answering, rejection, task, valid } from "./support.ts";

const { compile, instantiate, Instance, Module, RuntimeError } = WebAssembly;
const accepted = answering('{"job_id":"1"}');
let copies = 0;

const { length } = readFileSync(new URL("../../pkg/ecs_detach_volume.wasm", import.meta.url));

afterEach(() => Object.assign(WebAssembly, { compile, instantiate, Instance, Module }));

/** Modules as engines make them, but for the package's own: Node, too, has modules. */
function beforeModule(look: () => void) {
  class Watched extends Module {
    constructor(bytes: BufferSource) {
      if (bytes.byteLength === length) look();
      super(bytes);
    }
  }
  Object.assign(WebAssembly, { Module: Watched });
}

/** What the package's own module imports: Node, too, has modules, and so has what unpacks it. */
const isOurs = (imports?: WebAssembly.Imports) =>
  imports !== undefined && Object.keys(imports).join() === "a";

/** No instance of the package's own module is made at once. */
function refuseInstances(message: string) {
  class Refusing extends Instance {
    constructor(module: WebAssembly.Module, imports?: WebAssembly.Imports) {
      if (isOurs(imports)) throw new RangeError(message);
      super(module, imports);
    }
  }
  Object.assign(WebAssembly, { Instance: Refusing });
}

/** A copy of the package that nothing has been called on. */
async function fresh(): Promise<typeof import("ecs-detach-volume")> {
  copies += 1;
  return import(`../../pkg/index.js?copy=${copies}`);
}

/** Lets every instance made from now on trap when `shouldTrap` says so. */
function trapWhen(shouldTrap: () => boolean) {
  class Trapping extends Instance {
    constructor(module: WebAssembly.Module, imports?: WebAssembly.Imports) {
      super(module, imports);
      const exports = Object.entries(super.exports).map(([name, value]) => {
        if (typeof value !== "function") return [name, value];
        const enter = (...args: unknown[]) => {
          if (shouldTrap()) throw new RuntimeError("unreachable");
          return value(...args);
        };
        return [name, enter];
      });
      Object.defineProperty(this, "exports", { value: Object.fromEntries(exports) });
    }
  }
  Object.assign(WebAssembly, { Instance: Trapping });
}

test("importing runs nothing: no WebAssembly, no fetch, no window", () => {
  const script = `
    for (const name of ["WebAssembly", "fetch", "TextDecoder", "TextEncoder", "FinalizationRegistry", "AbortController"])
      delete globalThis[name];
    const { detachVolume } = await import("ecs-detach-volume");
    console.log(typeof detachVolume);`;
  const output = execFileSync(process.execPath, ["--input-type=module", "--eval", script], {
    encoding: "utf8",
  });
  assert.equal(output, "function\n");
});

test("nothing in the package compiles text at run time, which a Content-Security-Policy forbids", () => {
  for (const file of ["index.js", "index.cjs", "workerd.js", "edge-light.js"]) {
    const code = readFileSync(new URL(`../../pkg/${file}`, import.meta.url), "utf8");
    assert.doesNotMatch(code, /new Function|\beval\(/, file);
  }
});

test("fifty first calls share one load", async () => {
  let loads = 0;
  beforeModule(() => {
    loads += 1;
  });
  const { detachVolume } = await fresh();
  await Promise.all(Array.from({ length: 50 }, () => detachVolume({ ...valid, fetch: accepted.fetch })));
  assert.equal(loads, 1);
});

test("a failed start says why, and the next call tries again", async () => {
  const refused = new Error("blocked by CSP");
  beforeModule(() => assert.fail("blocked by CSP"));
  Object.assign(WebAssembly, { compile: () => Promise.reject(refused) });
  const { detachVolume, isEcsError } = await fresh();
  const error = await rejection(detachVolume({ ...valid, fetch: accepted.fetch }));
  assert.ok(isEcsError(error) && error.kind === "wasm");
  assert.match(error.message, /wasm-unsafe-eval/);
  assert.equal(error.mayHaveStarted, false);
  assert.equal(error.cause, refused);
  Object.assign(WebAssembly, { Module, compile });
  assert.deepEqual(await detachVolume({ ...valid, fetch: accepted.fetch }), task("1"));
});

test("an instance that cannot be made is a failed start, and the module is compiled once", async () => {
  let compiled = 0;
  beforeModule(() => {
    compiled += 1;
  });
  refuseInstances("not here");
  Object.assign(WebAssembly, {
    instantiate: async (module: WebAssembly.Module, imports?: WebAssembly.Imports) => {
      if (isOurs(imports)) throw new RangeError("no memory");
      return instantiate(module, imports);
    },
  });
  const { detachVolume, isEcsError } = await fresh();
  const error = await rejection(detachVolume({ ...valid, fetch: accepted.fetch }));
  assert.ok(isEcsError(error) && error.kind === "wasm");
  assert.match(error.message, /the engine refused it: no memory/);
  Object.assign(WebAssembly, { Instance, instantiate });
  assert.deepEqual(await detachVolume({ ...valid, fetch: accepted.fetch }), task("1"));
  assert.equal(compiled, 1);
});

for (const name of ["Module", "Instance"])
  test(`where an engine makes no ${name} of this size at once, it does so in its own time`, async () => {
    const message = `WebAssembly.${name} is disallowed on the main thread`;
    if (name === "Instance") refuseInstances(message);
    else {
      beforeModule(() => {
        throw new RangeError(message);
      });
    }
    const { detachVolume } = await fresh();
    assert.deepEqual(await detachVolume({ ...valid, fetch: accepted.fetch }), task("1"));
  });

test("a trap rejects the calls in flight, and the next call gets a fresh instance", async () => {
  let shouldTrap = false;
  trapWhen(() => shouldTrap);
  const { detachVolume, isEcsError } = await fresh();
  const replies: (() => void)[] = [];
  const fetch = () =>
    new Promise<Response>((resolve) => replies.push(() => resolve(new Response('{"job_id":"1"}'))));
  const sent = [detachVolume({ ...valid, fetch }), detachVolume({ ...valid, fetch })].map(rejection);
  await detachVolume({ ...valid, fetch: accepted.fetch });
  assert.equal(replies.length, 2);

  shouldTrap = true;
  const unsent = await rejection(detachVolume({ ...valid, fetch: accepted.fetch }));
  assert.ok(isEcsError(unsent) && unsent.kind === "wasm");
  assert.equal(unsent.mayHaveStarted, false);

  shouldTrap = false;
  for (const reply of replies) reply();
  for (const error of await Promise.all(sent)) {
    assert.ok(isEcsError(error) && error.kind === "wasm");
    assert.equal(error.mayHaveStarted, true);
    assert.ok(error.cause instanceof RuntimeError);
  }
  assert.deepEqual(await detachVolume({ ...valid, fetch: accepted.fetch }), task("1"));
});

test("a trap in the middle of a batch loses no result", async () => {
  let shouldTrap = false;
  trapWhen(() => shouldTrap);
  const { detachVolumes, isEcsError } = await fresh();
  const { endpoint, projectId } = valid;
  const fetch = (async () => {
    shouldTrap = true;
    return new Response("{}");
  }) as typeof globalThis.fetch;
  const targets = ["a", "b", "c"].map((id) => ({ serverId: id, volumeId: id }));
  const settled = await detachVolumes({ endpoint, projectId, targets, fetch });
  assert.equal(settled.length, 3);
  for (const one of settled) {
    assert.ok(one.status === "rejected" && isEcsError(one.reason) && one.reason.kind === "wasm");
  }
});

test("a trap while credentials are taken does not deny what was sent before", async () => {
  let asked = 0;
  trapWhen(() => asked > 1);
  const { detachVolume, isEcsError } = await fresh();
  const auth = async () => {
    asked += 1;
    return { token: "t" };
  };
  const fetch = (async () => new Response("", { status: 429 })) as typeof globalThis.fetch;
  const error = await rejection(detachVolume({ ...valid, auth, fetch, retry: { baseDelayMs: 1 } }));
  assert.ok(isEcsError(error) && error.kind === "wasm", String(error));
  // The first one was turned away.
  assert.deepEqual([error.mayHaveStarted, error.attempts], [false, 1]);
});

test("what the platform lacks for a request is the cause, and the next call works", async (t) => {
  const { detachVolume, isEcsError } = await fresh();
  const { Headers } = globalThis;
  const restore = () => Object.assign(globalThis, { Headers });
  t.after(restore);
  Object.assign(globalThis, { Headers: undefined });
  const error = await rejection(detachVolume({ ...valid, fetch: accepted.fetch }));
  restore();
  assert.ok(isEcsError(error) && error.kind === "wasm", String(error));
  assert.match(String(error.cause), /Headers is not/);
  assert.deepEqual([error.mayHaveStarted, error.attempts], [false, 0]);
  assert.deepEqual(await detachVolume({ ...valid, fetch: accepted.fetch }), task("1"));
});

test("errors are known across copies of the package and are no others", async () => {
  const [one, other] = [await fresh(), await fresh()];
  const error = await rejection(one.detachVolume({} as never));
  assert.ok(other.isEcsError(error));
  for (const value of [
    undefined,
    null,
    "options",
    new Error("x"),
    { kind: "options" },
    AbortSignal.abort().reason,
  ]) {
    assert.equal(other.isEcsError(value), false);
  }
});

test("what is preloaded need not be loaded by the first call, and preloading again costs nothing", async () => {
  let loads = 0;
  beforeModule(() => {
    loads += 1;
  });
  const { detachVolume, preload } = await fresh();
  const ready = { isReady: true, engine: "webassembly", cause: undefined };
  assert.deepEqual(await Promise.all([preload(), preload()]), [ready, ready]);
  await detachVolume({ ...valid, fetch: accepted.fetch });
  assert.deepEqual(await preload(), ready);
  assert.equal(loads, 1);
});

test("a preload that fails rejects nothing, and the next one tries again", async () => {
  const refused = new Error("blocked by CSP");
  beforeModule(() => assert.fail("blocked by CSP"));
  Object.assign(WebAssembly, { compile: () => Promise.reject(refused) });
  const { preload } = await fresh();
  assert.deepEqual(await preload(), { isReady: false, engine: null, cause: refused });
  Object.assign(WebAssembly, { Module, compile });
  assert.equal((await preload()).isReady, true);
});

test("preloading runs a call once, and sends nothing", async () => {
  const asked: unknown[] = [];
  const { fetch } = globalThis;
  globalThis.fetch = ((...args: unknown[]) => {
    asked.push(args);
    return Promise.reject(new TypeError("nothing is to be sent"));
  }) as typeof globalThis.fetch;
  try {
    const { preload } = await fresh();
    assert.equal((await preload()).isReady, true);
  } finally {
    globalThis.fetch = fetch;
  }
  assert.deepEqual(asked, []);
});
