// The recipe for TanStack Query in React, rendered.
import { FOR_EVER, locks, NOTHING, type Shown, testQueryRecipe } from "./query-cases.ts";
import { openWindow } from "./window.ts";

openWindow();
Object.defineProperty(navigator, "locks", { value: locks });
const { createElement, StrictMode } = await import("react");
const { createRoot } = await import("react-dom/client");
const { onlineManager, QueryClient, QueryClientProvider, useQuery } = await import("@tanstack/react-query");
const { disksOf, useDetachVolume } = await import("./react-query/useDetachVolume.ts");

testQueryRecipe("React", async (options) => {
  const client = new QueryClient(FOR_EVER);
  const root = createRoot(document.createElement("div"));
  let latest: (Shown & { detach(): void }) | undefined;
  const used = () => latest ?? NOTHING;
  function Disk() {
    const { data: disks } = useQuery(disksOf(options, options.serverId));
    latest = { ...useDetachVolume(options), disks };
    return null;
  }
  let isThere = false;
  const toggle = () => {
    isThere = !isThere;
    latest = undefined;
    const page = createElement(QueryClientProvider, { client }, isThere && createElement(Disk));
    root.render(createElement(StrictMode, null, page));
    return new Promise<void>((resolve) => setTimeout(resolve, 20));
  };
  await toggle();
  return {
    shown: used,
    detach: () => used().detach(),
    toggle,
    setOnline: (isOnline) => onlineManager.setOnline(isOnline),
    close() {
      root.unmount();
      client.clear();
    },
  };
});
