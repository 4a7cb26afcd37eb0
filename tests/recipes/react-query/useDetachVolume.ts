import {
  queryOptions,
  skipToken,
  useMutation,
  useMutationState,
  useQuery,
  useQueryClient,
} from "@tanstack/react-query";
import {
  type Connection,
  type DetachVolumeAndWaitOptions,
  listAttachments,
  type Progress,
} from "ecs-detach-volume";
import { useEffect } from "react";
import { detachOnce, isUnfinished, keyOf } from "../leaving/detachments.ts";

/** The disks of a server, for `useQuery`. The package itself repeats what is worth repeating. */
export const disksOf = (connection: Connection, serverId: string) =>
  queryOptions({
    queryKey: ["disks", serverId],
    queryFn: ({ signal }) => listAttachments({ ...connection, serverId, signal }),
    retry: false,
  });

/** How far a detachment is. In the cache, not in a component: a row of a table comes and goes. */
const progressOf = (key: string) =>
  queryOptions<Progress | null>({ queryKey: ["detachment", key], queryFn: skipToken });

/** Detaches a disk, even if the component goes away, and reads the list of disks again at the end. */
export function useDetachVolume(options: DetachVolumeAndWaitOptions) {
  const { serverId } = options;
  const key = keyOf(options);
  const mutationKey = ["detach", key];
  const client = useQueryClient();
  const show = (progress: Progress | null) => client.setQueryData(progressOf(key).queryKey, progress);
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
  const latest = useMutationState({ filters: { mutationKey }, select: ({ state }) => state }).at(-1);

  // After a reload: goes on with the task.
  useEffect(() => {
    const isRunning = client.isMutating({ mutationKey: ["detach", key] }) > 0;
    if (!isRunning && isUnfinished(key)) mutate();
  }, [client, mutate, key]);

  return {
    detach() {
      // A second mutation would end at once, and hide what becomes of the first.
      if (client.isMutating({ mutationKey }) === 0) mutate();
    },
    isDetaching: latest?.status === "pending",
    /** Another tab is detaching the disk, so this one did nothing. */
    isElsewhere: latest?.data === null,
    progress: useQuery(progressOf(key)).data ?? null,
    error: latest?.error ?? null,
  };
}
