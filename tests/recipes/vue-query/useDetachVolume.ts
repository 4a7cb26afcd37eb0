import {
  queryOptions,
  skipToken,
  useMutation,
  useMutationState,
  useQuery,
  useQueryClient,
} from "@tanstack/vue-query";
import {
  type Connection,
  type DetachVolumeAndWaitOptions,
  listAttachments,
  type Progress,
} from "ecs-detach-volume";
import { computed } from "vue";
import { detachOnce, isUnfinished, keyOf } from "../leaving/detachments.ts";

/** The disks of a server, for `useQuery`. The package itself repeats what is worth repeating. */
export const disksOf = (connection: Connection, serverId: string) =>
  queryOptions({
    queryKey: ["disks", serverId],
    queryFn: ({ signal }) => listAttachments({ ...connection, serverId, signal }),
    retry: false,
  });

/** Detaches a disk, even if the component goes away, and reads the list of disks again at the end. */
export function useDetachVolume(options: DetachVolumeAndWaitOptions) {
  const { serverId } = options;
  const key = keyOf(options);
  const client = useQueryClient();
  const mutationKey = ["detach", key];
  // In the cache, not in a component: a row of a table comes and goes.
  const queryKey = ["detachment", key];
  const show = (progress: Progress | null) => client.setQueryData(queryKey, progress);
  const { mutate } = useMutation({
    mutationKey,
    mutationFn: () => detachOnce({ ...options, onProgress: show }),
    onSettled: () => {
      show(null);
      return client.invalidateQueries({ queryKey: ["disks", serverId] });
    },
    // By default, a click while offline waits, and the disk goes when nobody expects it any more.
    networkMode: "always",
  });
  // Not what `useMutation` returns: a component that comes back would know nothing of a mutation that began before.
  const states = useMutationState({ filters: { mutationKey }, select: ({ state }) => state });
  const latest = computed(() => states.value.at(-1));
  const { data } = useQuery<Progress | null>({ queryKey, queryFn: skipToken });
  const isRunning = () => client.isMutating({ mutationKey }) > 0;

  // After a reload: goes on with the task.
  if (!isRunning() && isUnfinished(key)) mutate();

  return {
    detach() {
      // A second mutation would end at once, and hide what becomes of the first.
      if (!isRunning()) mutate();
    },
    isDetaching: computed(() => latest.value?.status === "pending"),
    /** Another tab is detaching the disk, so this one did nothing. */
    isElsewhere: computed(() => latest.value?.data === null),
    progress: computed(() => data.value ?? null),
    error: computed(() => latest.value?.error ?? null),
  };
}
