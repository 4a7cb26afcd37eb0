import {
  queryOptions,
  skipToken,
  useIsMutating,
  useMutation,
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
import { detachOnce, isUnfinished } from "../leaving/detachments.ts";

/** The disks of a server, for `useQuery`. The package itself repeats what is worth repeating. */
export const disksOf = (connection: Connection, serverId: string) =>
  queryOptions({
    queryKey: ["disks", serverId],
    queryFn: ({ signal }) => listAttachments({ ...connection, serverId, signal }),
    retry: false,
  });

/** Detaches a disk, also when the component goes away, and reads the list of disks anew at the end. */
export function useDetachVolume(options: DetachVolumeAndWaitOptions) {
  const { serverId, volumeId } = options;
  const client = useQueryClient();
  const mutationKey = ["detach", volumeId];
  // In the cache, not in a component: a row of a table comes and goes.
  const queryKey = ["detachment", volumeId];
  const show = (progress: Progress | null) => client.setQueryData(queryKey, progress);
  const { mutate, error } = useMutation({
    mutationKey,
    mutationFn: () => detachOnce({ ...options, onProgress: show }),
    onSettled: () => {
      show(null);
      return client.invalidateQueries({ queryKey: ["disks", serverId] });
    },
    // By default, a click while offline waits, and the disk goes when nobody expects it any more.
    networkMode: "always",
  });
  const running = useIsMutating({ mutationKey });
  const { data } = useQuery<Progress | null>({ queryKey, queryFn: skipToken });

  // After a reload: goes on with the task.
  if (client.isMutating({ mutationKey }) === 0 && isUnfinished(options)) mutate();

  return {
    detach: () => mutate(),
    isDetaching: computed(() => running.value > 0),
    progress: computed(() => data.value ?? null),
    error,
  };
}
