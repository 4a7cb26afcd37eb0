// A server that renders pages imports what they import, long before any browser calls it.
const NAMES = [
  ...["window", "self", "document", "navigator", "location", "fetch", "Request", "Response", "Headers"],
  ...["WebAssembly", "TextDecoder", "TextEncoder", "AbortController", "AbortSignal", "atob", "crypto"],
  ...["FinalizationRegistry", "setTimeout", "queueMicrotask"],
];
const kept = NAMES.map((name) => [name, Object.getOwnPropertyDescriptor(globalThis, name)]);
const looked = [];

for (const name of NAMES) {
  const get = () => {
    looked.push(name);
  };
  Object.defineProperty(globalThis, name, { configurable: true, get });
}
const { detachVolume } = await import("ecs-detach-volume");
for (const [name, descriptor] of kept) {
  if (descriptor) Object.defineProperty(globalThis, name, descriptor);
  else delete globalThis[name];
}
if (looked.length > 0) throw new Error(`the import looked for ${looked.join(", ")}`);

const { jobId } = await detachVolume(JSON.parse(process.env.DETACH_OPTIONS));
console.log(jobId);
