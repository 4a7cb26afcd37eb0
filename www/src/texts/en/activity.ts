import type { Tally } from "../../types.ts";

export const activity = {
  title: "Activity",
  empty: "Nothing detached yet",
  emptyHint: "Every detachment and its outcome is listed here.",
  preloaded: {
    idle: (time: string) => `Module loaded when idle: ${time}`,
    button: (time: string) => `Module loaded at a button: ${time}`,
  },
  heading: (disk: string, server: string) => `${disk} from ${server}`,
  resumed: "Resumed",
  forced: "Forced",
  simulated: (fault: string) => `Simulated: ${fault}.`,
  simulatedBefore: (fault: string) => `Simulated before the reload: ${fault}.`,
  titles: {
    queued: "Waiting in line",
    running: "Detaching",
    confirmed: "Detached, confirmed",
    detached: "Detached, not confirmed",
  },
  hints: {
    queued: "Another disk of this server comes first.",
    confirmed:
      "The service no longer lists the disk as attached to the server. It can be attached to another one.",
    detached: "The task has succeeded. The list of disks has not confirmed it yet.",
  },
  steps: {
    label: "Progress",
    names: { checking: "Check", submitting: "Submit", waiting: "Wait", confirming: "Confirm" },
    value: (step: number, all: number, words: string) => `Step ${step} of ${all}: ${words}`,
  },
  job: "Task ID",
  jobStatus: "Task status",
  took: "Time taken",
  noValue: "–",
  elapsed: (seconds: number) =>
    seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`,
  elapsedLabel: "Elapsed:",
  serviceSays: "The service says",
  finding: "Details",
  excerpt: "Beginning of the reply",
  endedWith: (title: string) => `Before that, the wait had ended: ${title}.`,
  aftermath: {
    checking: "Looking at the list of disks.",
    unread: "The list of disks could not be read.",
    attached: "Checked: the disk is still attached.",
    detaching: "Checked: the disk is being detached.",
    gone: "Checked: the disk is no longer attached to this server.",
  },
  cancel: "Cancel",
  cancelNamed: (disk: string) => `Cancel waiting for ${disk}`,
  follow: "Follow again",
  followNamed: (disk: string) => `Follow again: the task for ${disk}`,
  look: "Look at the disk",
  lookNamed: (disk: string) => `Look at the disk ${disk} in the list`,
  showExchange: "HTTP exchange",
  showExchangeNamed: (disk: string) => `HTTP exchange for ${disk}`,
  dismiss: "Dismiss",
  dismissNamed: (disk: string) => `Dismiss the entry for ${disk}`,
  announce: {
    begun: (disk: string) => `Detaching ${disk}.`,
    waiting: (disk: string) => `The detachment of ${disk} was accepted.`,
    followed: (disk: string) => `Following the task for ${disk} again.`,
    settling: (disk: string) => `No clear reply about ${disk}. Checking whether it comes off.`,
    about: (disk: string, words: string) => `${disk}: ${words}`,
    answersAgain: (disk: string) => `${disk}: the service answers again.`,
    confirmed: (disk: string) => `${disk} is detached, confirmed.`,
    detached: (disk: string) => `${disk} is detached, not confirmed.`,
    failed: (disk: string, title: string) => `${disk}: ${title}.`,
    batchBegun: (disks: number) => `Detaching ${disks} disks.`,
    batchGoesOn: (sum: Tally) => `${sentence(sum)}.`,
    batchEnded: (sum: Tally) => `Finished: ${sentence(sum)}.`,
    failedOfSeveral: (disk: string, title: string, sum: string) => `${disk}: ${title}. ${sum}`,
    resumed: (tasks: number) =>
      tasks === 1 ? "Following 1 task that was under way." : `Following ${tasks} tasks that were under way.`,
  },
};

export const batch = {
  running: (disks: number) => `Detaching ${disks} disks`,
  done: ({ all, detached, confirmed }: Tally) => {
    if (detached < all) return `${detached} of ${all} disks detached`;
    return confirmed === all ? `${all} disks detached, confirmed` : `${all} disks detached`;
  },
  servers: (names: readonly string[]) => `From ${names.join(", ")}`,
  sentence,
  progress: "Disks that are done",
  cancelAll: "Cancel all",
  cancelAllNamed: (disks: number) => `Cancel all: stop waiting for ${disks} disks`,
  dismissNamed: (disks: number) => `Dismiss the entry for ${disks} disks`,
};

/** How several disks stand: "1 of 3 detached, 1 failed". */
function sentence({ all, detached, failed, cancelled }: Tally): string {
  const parts = [`${detached} of ${all} detached`];
  if (failed > 0) parts.push(`${failed} failed`);
  if (cancelled > 0) parts.push(`${cancelled} cancelled`);
  return parts.join(", ");
}
