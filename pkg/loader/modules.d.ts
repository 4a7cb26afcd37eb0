// Modules that scripts/lib/bundle.mjs puts in.

declare module "glue" {
  type Event = import("./exchange.js").EventName | "Start";

  class Operation {
    constructor(name: string, options: string, seed: number);
    share(pacemaker: Operation, nowMs: number): void;
    /** What it tells: `src/web/operation.rs`. */
    step(
      event: number,
      nowMs: number,
      reply: string,
    ): [
      turn: number,
      content: unknown,
      keeps: boolean,
      news?: unknown[] | null,
      isRenewal?: boolean,
      serverTime?: string | null,
    ];
    unsend(): void;
    send(fetch: typeof globalThis.fetch, init: RequestInit, date: string, auth: string | undefined): unknown;
    free(): void;
  }

  /** The glue of one instance: what the module imports, and what it gives for the module's exports. */
  export function createGlue(): {
    imports: WebAssembly.Imports;
    bind(exports: Record<string, unknown>): {
      Operation: typeof Operation;
      Event: Record<Event, number>;
      Turn: Record<"Send" | "Sleep" | "End" | "Fail", number>;
    };
  };
}

declare module "client" {
  export const client: import("./client.js").Client;
}

declare module "asm-module" {
  export const start: import("./start.js").Start;
}

declare module "module.asm" {
  export function instantiate(imports: WebAssembly.Imports): Record<string, unknown>;
}

declare module "module.packed" {
  export const text: string;
  export const unpacker: string;
  export const start: number;
}

declare module "*.wasm" {
  const module: WebAssembly.Module;
  export default module;
}

declare module "*.wasm?module" {
  const module: WebAssembly.Module;
  export default module;
}
