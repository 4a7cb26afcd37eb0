// The recipe for loading the module before the click. Nothing else in this file may start it.
import assert from "node:assert/strict";
import { test } from "node:test";
import { usePreload } from "./react/usePreload.ts";
import { openWindow } from "./window.ts";

openWindow();
Object.defineProperty(globalThis, "IS_REACT_ACT_ENVIRONMENT", { value: true });
const { act, createElement } = await import("react");
const { createRoot } = await import("react-dom/client");

test("the module is loaded at the first of idle time, pointer and focus, and not before", {
  timeout: 20_000,
}, async (t) => {
  const { mock: started } = t.mock.method(WebAssembly, "Instance");
  const idle: (() => void)[] = [];
  Object.assign(globalThis, {
    requestIdleCallback: (callback: () => void) => idle.push(callback),
    cancelIdleCallback: (handle: number) => idle.splice(handle - 1, 1),
  });
  const Button = () => createElement("button", { type: "button", ...usePreload() });
  const place = document.createElement("div");
  document.body.append(place);
  const root = createRoot(place);
  await act(async () => root.render(createElement(Button)));
  assert.deepEqual([started.callCount(), idle.length], [0, 1]);

  await act(async () => place.querySelector("button")?.focus());
  while (started.callCount() === 0) await turns(1);
  await turns(20);
  const loaded = started.callCount();
  idle[0]?.();
  await turns(20);
  assert.equal(started.callCount(), loaded);

  await act(async () => root.unmount());
  assert.equal(idle.length, 0);
});

async function turns(count: number): Promise<void> {
  for (let turn = 0; turn < count; turn += 1) await new Promise(setImmediate);
}
