// Modules that scripts/lib/bundle.mjs puts in.

declare module "glue" {
  type Caller = import("./options.js").Caller;
  type Call = (caller: Caller) => Promise<unknown>;

  class Batch {
    detachVolumeAndWait: Call;
    free(): void;
  }

  /** What `src/web/exports.rs` exports. */
  type Exports = {
    readonly [name in Exclude<keyof import("../../src/web/types.js").OptionsOf, "detachVolumes">]: Call;
  } & {
    readonly Batch: typeof Batch;
    check(name: string, caller: Caller): import("../../src/web/types.js").OptionsError | null;
  };

  /** The glue of one instance: what the module imports, and what it gives for the module's exports. */
  export function createGlue(): {
    imports: WebAssembly.Imports;
    bind(exports: Record<string, unknown>): Exports;
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
