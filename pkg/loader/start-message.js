// Why an instance could not be started, in words.

const AUTO = "ecs-detach-volume/auto also runs without WebAssembly";

/** As Chromium, Firefox and WebKit name a policy in what they throw; the last is how Chromium 88 does. */
const POLICY = /content.security.policy|\bCSP\b|unsafe-eval|disallowed by embedder/i;

/**
 * @param {unknown} cause What was thrown.
 * @param {unknown} [webAssembly] Where WebAssembly is; for tests.
 */
export function startMessage(cause, webAssembly = globalThis.WebAssembly) {
  return `the WebAssembly module could not be started: ${reasonOf(cause, webAssembly)}`;
}

/**
 * @param {unknown} cause
 * @param {unknown} webAssembly
 */
function reasonOf(cause, webAssembly) {
  const { message } = Object(cause);
  const said = typeof message === "string" ? message : String(cause);
  if (!webAssembly) return `this engine has no WebAssembly; ${AUTO}`;
  if (POLICY.test(said)) {
    return (
      "the page's Content-Security-Policy must allow script-src 'wasm-unsafe-eval', in older browsers 'unsafe-eval'; " +
      AUTO
    );
  }
  return `the engine refused it: ${said}; ${AUTO}`;
}
