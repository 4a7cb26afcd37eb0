// Starts instances of the core.

/**
 * @typedef {Record<string, unknown>} RawExports What a module exports: functions, memory, tables.
 *
 * @typedef {object} Host
 * @property {(exports: RawExports) => RawExports} [guard] Stands between the exports and all that calls them, the helpers
 *   and closures of the glue included. Without it they are called as they are.
 *
 * @typedef {object} Started
 * @property {"webassembly" | "javascript"} engine
 * @property {unknown} [cause] Why it is not WebAssembly, where that was tried first.
 * @property {ReturnType<ReturnType<typeof import("glue").createGlue>["bind"]>} exports What Rust exports.
 *
 * @typedef {(host?: Host) => Promise<Started>} Start Gives a fresh instance each time; may be tried again when it failed.
 */

/**
 * Starts instances of a WebAssembly module, which is made once.
 *
 * @param {typeof import("glue").createGlue} createGlue
 * @param {() => WebAssembly.Module | Promise<WebAssembly.Module>} getModule May fail.
 * @returns {Start}
 */
export function webAssembly(createGlue, getModule) {
  /** @type {WebAssembly.Module | undefined} */
  let module;
  return async (host) => {
    module = module || (await getModule());
    const glue = createGlue();
    const { exports } = await instantiate(module, glue.imports);
    return { engine: "webassembly", exports: glue.bind(guarded(exports, host)) };
  };
}

/**
 * Starts instances of the core as plain JavaScript.
 *
 * @param {typeof import("glue").createGlue} createGlue
 * @param {typeof import("module.asm").instantiate} instantiate
 * @returns {Start}
 */
export function plainJavaScript(createGlue, instantiate) {
  return async (host) => {
    const glue = createGlue();
    return { engine: "javascript", exports: glue.bind(guarded(instantiate(glue.imports), host)) };
  };
}

/**
 * At once where the engine does that: it is quicker than to wait for another thread (first request of a page in Chromium
 * 6.3 ms, else 8.1). Chromium before 115 refuses it, on the main thread, for modules of this size.
 *
 * @param {BufferSource} bytes
 * @returns {WebAssembly.Module | Promise<WebAssembly.Module>}
 */
export function compile(bytes) {
  try {
    return new WebAssembly.Module(bytes);
  } catch {
    return WebAssembly.compile(bytes);
  }
}

/**
 * @param {WebAssembly.Module} module
 * @param {WebAssembly.Imports} imports
 */
function instantiate(module, imports) {
  try {
    return new WebAssembly.Instance(module, imports);
  } catch {
    return WebAssembly.instantiate(module, imports);
  }
}

/**
 * @param {RawExports} exports
 * @param {Host} [host]
 */
function guarded(exports, { guard } = {}) {
  return guard ? guard(exports) : exports;
}
