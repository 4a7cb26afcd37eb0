// Modules that scripts/lib/bundle.mjs puts in.

declare module "glue" {
  type Event = import("./exchange.js").EventName | "Start";

  class Operation {
    constructor(options: string, seed: number);
    step(
      event: number,
      nowMs: number,
      reply: Response | undefined,
      body: string,
    ): { value?: object; error?: object; timeoutMs?: number; sleepMs?: number };
    send(fetch: typeof globalThis.fetch, signal: AbortSignal): unknown;
    free(): void;
  }

  export function createGlue(): (module: WebAssembly.Module) => {
    Operation: typeof Operation;
    Event: Record<Event, number>;
  };
}

declare module "module.hex" {
  const hex: string;
  export default hex;
}

declare module "*.wasm" {
  const module: WebAssembly.Module;
  export default module;
}

declare module "*.wasm?module" {
  const module: WebAssembly.Module;
  export default module;
}
