// The recipe for TanStack Query in Vue, mounted.
import { FOR_EVER, locks, NOTHING, type Shown, testQueryRecipe } from "./query-cases.ts";
import { openWindow } from "./window.ts";

openWindow();
Object.defineProperty(navigator, "locks", { value: locks });
const { createApp, defineComponent, h, nextTick, ref } = await import("vue");
const { onlineManager, QueryClient, useQuery, VueQueryPlugin } = await import("@tanstack/vue-query");
const { disksOf, useDetachVolume } = await import("./vue-query/useDetachVolume.ts");

testQueryRecipe("Vue", async (options) => {
  const queryClient = new QueryClient(FOR_EVER);
  let used: (() => Shown & { detach(): void }) | undefined;
  const Disk = defineComponent(() => {
    const { data: disks } = useQuery(disksOf(options, options.serverId));
    const { detach, isDetaching, isElsewhere, progress, error } = useDetachVolume(options);
    used = () => ({
      disks: disks.value,
      isDetaching: isDetaching.value,
      isElsewhere: isElsewhere.value,
      progress: progress.value,
      error: error.value,
      detach,
    });
    return () => null;
  });
  const isThere = ref(true);
  const app = createApp({ render: () => (isThere.value ? h(Disk) : null) });
  app.use(VueQueryPlugin, { queryClient }).mount(document.createElement("div"));
  const shown = () => used?.() ?? NOTHING;
  return {
    shown,
    detach: () => shown().detach(),
    toggle() {
      used = undefined;
      isThere.value = !isThere.value;
      return nextTick();
    },
    setOnline: (isOnline) => onlineManager.setOnline(isOnline),
    close() {
      app.unmount();
      queryClient.clear();
    },
  };
});
