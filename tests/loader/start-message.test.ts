import assert from "node:assert/strict";
import { test } from "node:test";
import { startMessage } from "../../pkg/loader/start-message.js";

/** What engines throw, verbatim, under a policy that forbids WebAssembly. */
const BY_POLICY = {
  "Chromium 88": "WebAssembly.compile(): Wasm code generation disallowed by embedder",
  "Chromium 156":
    "WebAssembly.Module(): Compiling or instantiating WebAssembly module violates the following Content Security policy directive because neither 'wasm-unsafe-eval' nor 'unsafe-eval' is an allowed source of script",
  Firefox: "call to WebAssembly.Module() blocked by CSP",
  WebKit:
    "Refused to create a WebAssembly object because 'unsafe-eval' or 'wasm-unsafe-eval' is not an allowed source of script in the following Content Security Policy directive: \"script-src 'self'\".",
};

for (const [engine, message] of Object.entries(BY_POLICY))
  test(`a policy is named where ${engine} speaks of one`, () => {
    const said = startMessage(new WebAssembly.CompileError(message));
    assert.match(said, /Content-Security-Policy .*'wasm-unsafe-eval'.*ecs-detach-volume\/auto/);
  });

test("an engine without WebAssembly is said to have none", () => {
  const said = startMessage(new ReferenceError("WebAssembly is not defined"), undefined, null);
  assert.match(said, /this engine has no WebAssembly; ecs-detach-volume\/auto/);
  assert.doesNotMatch(said, /Policy/);
});

for (const [what, cause] of Object.entries({
  "a size": new RangeError("WebAssembly.Instance is disallowed on the main thread"),
  "an instruction": new WebAssembly.CompileError("invalid value type 0x60"),
  "a text": "out of memory",
}))
  test(`another reason is told as the engine told it: ${what}`, () => {
    const said = startMessage(cause);
    const told = typeof cause === "string" ? cause : cause.message;
    assert.ok(said.includes(`the engine refused it: ${told}; `), said);
    assert.doesNotMatch(said, /Policy/);
  });

test("what is thrown may be anything", () => {
  for (const cause of [undefined, null, 1, Symbol("s"), { message: 1 }]) {
    assert.match(startMessage(cause), /^the WebAssembly module could not be started: /);
  }
});
