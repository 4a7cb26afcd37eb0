// The recipe for React, rendered.
import { Window } from "happy-dom";
import { testRecipe } from "./cases.ts";
import { useDetachVolume } from "./react/useDetachVolume.ts";

// React looks for them when it is loaded.
const window = new Window();
const { document: page, navigator } = window;
const globals = { window, document: page, navigator, IS_REACT_ACT_ENVIRONMENT: true };
// Newer versions of Node have a navigator that cannot be assigned.
for (const [name, value] of Object.entries(globals))
  Object.defineProperty(globalThis, name, { value, configurable: true });
const { act, createElement, StrictMode } = await import("react");
const { createRoot } = await import("react-dom/client");

testRecipe("React", async (options) => {
  const root = createRoot(document.createElement("div"));
  let latest: ReturnType<typeof useDetachVolume> | undefined;
  const used = () => {
    if (!latest) throw new Error("nothing is rendered");
    return latest;
  };
  function Disk() {
    latest = useDetachVolume(options);
    return null;
  }
  const settle = async (body: () => Promise<void> | void) => {
    await act(async () => body());
  };
  await settle(() => root.render(createElement(StrictMode, null, createElement(Disk))));
  return {
    detachment: () => used().detachment,
    detach: () => used().detach(),
    cancel: () => used().cancel(),
    remove: () => root.unmount(),
    settle,
  };
});
