import {
  queryOptions,
  skipToken,
  useIsMutating,
  useMutation,
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
import { detachOnce, isUnfinished } from "../leaving/detachments.ts";

/** The disks of a server, for `useQuery`. The package itself repeats what is worth repeating. */
export const disksOf = (connection: Connection, serverId: string) =>
  queryOptions({
    queryKey: ["disks", serverId],
    queryFn: ({ signal }) => listAttachments({ ...connection, serverId, signal }),
    retry: false,
  });

/** How far a detachment is. In the cache, not in a component: a row of a table comes and goes. */
const progressOf = (volumeId: string) =>
  queryOptions<Progress | null>({ queryKey: ["detachment", volumeId], queryFn: skipToken });

/** Detaches a disk, also when the component goes away, and reads the list of disks anew at the end. */
export function useDetachVolume(options: DetachVolumeAndWaitOptions) {
  const { serverId, volumeId } = options;
  const client = useQueryClient();
  const show = (progress: Progress | null) => client.setQueryData(progressOf(volumeId).queryKey, progress);
  const { mutate, error } = useMutation({
    mutationKey: ["detach", volumeId],
    mutationFn: () => detachOnce({ ...options, onProgress: show }),
    onSettled: () => {
      show(null);
      return client.invalidateQueries({ queryKey: ["disks", serverId] });
    },
    // By default, a click while offline waits, and the disk goes when nobody expects it any more.
    networkMode: "always",
  });

  // After a reload: goes on with the task.
  useEffect(() => {
    const isRunning = client.isMutating({ mutationKey: ["detach", volumeId] }) > 0;
    if (!isRunning && isUnfinished({ serverId, volumeId })) mutate();
  }, [client, mutate, serverId, volumeId]);

  return {
    detach: () => mutate(),
    isDetaching: useIsMutating({ mutationKey: ["detach", volumeId] }) > 0,
    progress: useQuery(progressOf(volumeId)).data ?? null,
    error,
  };
}
