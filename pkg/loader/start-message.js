// Why an instance could not be started, in words.

const AUTO = "ecs-detach-volume/auto also runs without WebAssembly";

/** As Chromium, Firefox and WebKit name a policy in what they throw; the last is how Chromium 88 does. */
const POLICY = /content.security.policy|\bCSP\b|unsafe-eval|disallowed by embedder/i;

/**
 * @param {unknown} cause What was thrown.
 * @param {string} [remedy]
 * @param {unknown} [webAssembly] Where WebAssembly is; for tests.
 */
export function startMessage(cause, remedy = AUTO, webAssembly = globalThis.WebAssembly) {
  return `the WebAssembly module could not be started: ${reasonOf(cause, webAssembly)}; ${remedy}`;
}

/** What was thrown, as text. @param {unknown} cause */
export function textOf(cause) {
  const { message } = Object(cause);
  return typeof message === "string" ? message : String(cause);
}

/**
 * @param {unknown} cause
 * @param {unknown} webAssembly
 */
function reasonOf(cause, webAssembly) {
  const said = textOf(cause);
  if (!webAssembly) return "this engine has no WebAssembly";
  if (!POLICY.test(said)) return `the engine refused it: ${said}`;
  return "the page's Content-Security-Policy must allow script-src 'wasm-unsafe-eval', in older browsers 'unsafe-eval'";
}
