import type { Tally } from "./tally.ts";

type Pair = readonly [title: string, advice: string];

/** Every text that the console shows. */
export const text = {
  /** How the clock is written, and what the service is asked to write its messages in. */
  locale: "en-GB",
  serviceLanguage: "en-us",

  product: {
    name: "Elastic Cloud Server",
    region: "Region",
    regionName: "cn-north-4",
    project: "Project",
    simulated: "Simulated cloud",
    reset: "Reset demo",
    resetDone: "The demo is reset: every disk is attached again.",
    resetFailed: (why: string) => `The demo could not be reset. ${why}`,
    skip: "Skip to the disks",
  },

  load: {
    retry: "Try again",
    offline: "The console server cannot be reached.",
    failed: (status: number, message: string) => `The service answered ${status}: ${message}`,
    unreadable: "The service gave an answer that the console cannot read.",
  },

  servers: {
    title: "Servers",
    loading: "Loading servers",
    empty: "This project has no servers.",
    failed: "The servers could not be loaded",
    status: {
      ACTIVE: "Running",
      SHUTOFF: "Stopped",
      BUILD: "Being created",
      REBOOT: "Restarting",
      HARD_REBOOT: "Restarting",
      ERROR: "Error",
    } as Readonly<Record<string, string>>,
  },

  disks: {
    title: "Disks",
    loading: "Loading disks",
    empty: "No disks are attached to this server.",
    failed: "The disks could not be loaded",
    choose: "Choose a server to see its disks.",
    count: (count: number) => (count === 1 ? "1 disk attached" : `${count} disks attached`),
    updated: (time: string) => `Updated ${time}`,
    stale: (time: string) => `Could not be refreshed; this is how it was at ${time}`,
    refresh: "Refresh disks",
    columns: {
      choice: "Select",
      name: "Name and ID",
      size: "Size",
      device: "Device",
      bus: "Bus",
      type: "Type",
      status: "Status",
      action: "Action",
    },
    size: (gib: number | null) => (gib === null ? "Unknown" : `${gib} GiB`),
    systemDisk: "System disk",
    dataDisk: "Data disk",
    protected: "Protected: the server starts from this disk",
    noDevice: "None",
    status: {
      "in-use": "In use",
      attaching: "Attaching",
      detaching: "Detaching",
      available: "Available",
      error: "Error",
      error_detaching: "Detach failed",
    } as Readonly<Record<string, string>>,
    unknownStatus: "Unknown",
    /** How far the console is with it, where that says more than the disk service. */
    progress: {
      queued: "In line",
      checking: "Checking",
      submitting: "Requesting",
      settling: "Unclear",
      waiting: "Detaching",
      confirming: "Confirming",
    },
    detach: "Detach",
    detachNamed: (disk: string) => `Detach ${disk}`,
    cancel: "Cancel",
    cancelNamed: (disk: string) => `Cancel detaching ${disk}`,
    busyNamed: (disk: string) => `${disk} is being detached`,
  },

  selection: {
    selectNamed: (disk: string) => `Select ${disk}`,
    selectAll: "Select all data disks of this server",
    summary: (disks: number, servers: number) => {
      if (disks === 0) return "No disk selected";
      const what = disks === 1 ? "1 disk selected" : `${disks} disks selected`;
      return servers === 1 ? what : `${what} on ${servers} servers`;
    },
    ofServer: (count: number) => `${count} selected`,
    clear: "Clear selection",
    detach: "Detach selected",
  },

  faults: {
    label: "Simulate",
    hint: "Applies to the next detach only",
    none: "No fault",
    groups: {
      refused: "The service refuses",
      broken: "Broken answers",
      network: "Network",
      task: "After acceptance",
    },
    choices: {
      throttled: "Throttled (429)",
      "flow-control": "Flow control with status 202",
      "disk-busy": "Disk busy (Ecs.0603)",
      "server-locked": "Server locked (Ecs.0605)",
      "already-detached": "Already detached (Ecs.0111)",
      "expired-token": "Expired token (401)",
      forbidden: "No permission (Pdp.0001)",
      "server-missing": "Server missing (Ecs.0114)",
      "server-error": "Server error (500)",
      "gateway-page": "Gateway HTML page (502)",
      "no-job-id": "Accepted without a task",
      truncated: "Answer cut off",
      "lost-request": "Lost request",
      "lost-reply": "Lost reply",
      slow: "Slow answer (5 s)",
      "no-answer": "No answer (5 s limit)",
      "task-fails": "Task fails (Ecs.1002)",
      "task-endless": "Task never ends",
      "task-lost": "Task becomes unknown",
      "question-lost": "Lost question about the task",
      "disk-lingers": "Disk stays 5 s after the task",
    },
  },

  dialog: {
    title: (disk: string) => `Detach ${disk}?`,
    lead: (disk: string, server: string) =>
      `${disk} will be detached from ${server}. The disk and its data are kept.`,
    titleSeveral: (disks: number) => `Detach ${disks} disks?`,
    leadSeveral: (servers: number) =>
      servers === 1
        ? "They will be detached one after the other. The disks and their data are kept."
        : `They will be detached from ${servers} servers, on each one after the other. The disks and their data are kept.`,
    listLabel: "Disks to be detached",
    facts: { size: "Size", device: "Device", bus: "Bus", server: "Server" },
    running:
      "Unmount the disk in the guest system first. While it is mounted or in use, the detach can fail.",
    stopped: "The server is stopped, so nothing is using the disk.",
    runningSeveral:
      "Unmount the disks in the guest systems first. While a disk is mounted or in use, the detach can fail.",
    stoppedSeveral: "The servers are stopped, so nothing is using the disks.",
    force: "Force the detach",
    forceHint: "Detach even if the guest system may still use the disk. It does not delete the disk.",
    warningsTitle: "If you force it",
    warnings: [
      "Data not yet written is lost. Unmount first.",
      "It works on KVM servers with VBD disks only. Elsewhere the service treats it as an ordinary detach.",
      "The device name and the PCI slot stay occupied.",
      "The disk keeps counting towards the server's disk quota.",
      "A restart of the server is advised afterwards.",
    ],
    scsi: "This disk is on the SCSI bus: forcing has no effect.",
    scsiSeveral: (disks: string) => `On the SCSI bus, where forcing has no effect: ${disks}.`,
    cancel: "Cancel",
    confirm: "Detach",
    confirmForce: "Force detach",
  },

  activity: {
    title: "Activity",
    empty: "Nothing detached yet",
    emptyHint: "Every detach and its outcome is listed here.",
    heading: (disk: string, server: string) => `${disk} from ${server}`,
    resumed: "Resumed",
    forced: "Forced",
    simulated: (fault: string) => `Simulated: ${fault}`,
    titles: {
      queued: "Waiting in line",
      running: "Detaching",
      ended: { detached: "Detached", failed: "Not detached" },
      confirmed: "Detached, confirmed",
      detached: "Detached, not confirmed",
    },
    hints: {
      queued: "Another disk of this server comes first.",
      ended: "Details follow when all disks are done.",
      confirmed: "The service no longer lists the disk at the server. It can be attached to another one.",
      detached: "The task has succeeded. The list of disks has not confirmed it yet.",
    },
    steps: {
      label: "Progress",
      names: { checking: "Check", submitting: "Submit", waiting: "Wait", confirming: "Confirm" },
      value: (step: number, all: number, words: string) => `Step ${step} of ${all}: ${words}`,
    },
    phases: {
      checking: "Looking at the disk first",
      submitting: "Asking the service to detach it",
      settling: "Answer unclear, looking at the disk",
      waiting: "The service is working on it",
      confirming: "Task done, looking at the disk",
    },
    again: (phase: string, attempt: number) => `${phase} (attempt ${attempt})`,
    job: "Task ID",
    jobStatus: "Task status",
    took: "Time taken",
    noValue: "–",
    elapsed: (seconds: number) =>
      seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`,
    elapsedLabel: "Time passed:",
    serviceSays: "The service says",
    finding: "Details",
    excerpt: "Beginning of the answer",
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
    followNamed: (disk: string) => `Follow the task for ${disk} again`,
    look: "Look at the disk",
    lookNamed: (disk: string) => `Look at ${disk} in the list of disks`,
    showExchange: "HTTP exchange",
    showExchangeNamed: (disk: string) => `Show the HTTP exchange for ${disk}`,
    dismiss: "Dismiss",
    dismissNamed: (disk: string) => `Dismiss the entry for ${disk}`,
    announce: {
      begun: (disk: string) => `Detaching ${disk}.`,
      waiting: (disk: string) => `The detach of ${disk} was accepted.`,
      settling: (disk: string) => `No clear answer about ${disk}. Looking whether it comes off.`,
      confirmed: (disk: string) => `${disk} is detached, confirmed.`,
      detached: (disk: string) => `${disk} is detached, not confirmed.`,
      failed: (disk: string, title: string) => `${disk}: ${title}.`,
      batchBegun: (disks: number) => `Detaching ${disks} disks.`,
      batchGoesOn: (sum: Tally) => `${sentence(sum)}.`,
      batchEnded: (sum: Tally) => `Finished: ${sentence(sum)}.`,
      resumed: (tasks: number) =>
        tasks === 1
          ? "Following 1 task that was under way."
          : `Following ${tasks} tasks that were under way.`,
    },
  },

  batch: {
    running: (disks: number) => `Detaching ${disks} disks`,
    done: ({ all, detached, confirmed }: Tally) => {
      if (detached < all) return `${detached} of ${all} disks detached`;
      return confirmed === all ? `${all} disks detached, confirmed` : `${all} disks detached`;
    },
    servers: (names: readonly string[]) => `From ${names.join(", ")}`,
    sentence,
    progress: "Disks that are done",
    cancelAll: "Cancel all",
    cancelAllNamed: (disks: number) => `Cancel waiting for ${disks} disks`,
    dismissNamed: (disks: number) => `Dismiss the entry for ${disks} disks`,
  },

  exchange: {
    title: "HTTP exchange",
    about: (disk: string) => `for ${disk}`,
    empty: "No request sent yet",
    emptyHint: "The next detach shows here as it went over the wire, secrets masked.",
    purposes: {
      detach: "Detach the disk",
      question: "Ask how far the task is",
      look: "Look whether the disk is attached",
    },
    status: { pending: "Waiting", lost: "Lost", aborted: "Cancelled" },
    request: "Request",
    answer: "Answer",
    noBody: "No body",
    noHeaders: "No headers",
    waiting: "Waiting for the answer",
    reading: "Reading the body",
    lost: (time: string) => `No answer. The connection ended after ${time}.`,
    aborted: (time: string) => `Cancelled by the console after ${time}. The answer is unknown.`,
    duration: (ms: number) => (ms < 1000 ? `${ms} ms` : `${(ms / 1000).toFixed(1)} s`),
    cut: "The body did not arrive completely.",
    tooLong: (shown: number, all: number) => `The first ${shown} of ${all} characters are shown.`,
  },

  copy: {
    projectId: "project ID",
    serverId: "server ID",
    taskId: "task ID",
    requestId: "request ID",
    label: (what: string) => `Copy ${what}`,
    done: (what: string) => `Copied the ${what}.`,
    failed: "Copying is not allowed here.",
  },

  problem: {
    facts: { code: "Error code", status: "HTTP status", requestId: "Request ID", option: "Option" },
    detail: (code: string) => `Detail ${code}`,
    fates: {
      unchanged: "Nothing was changed.",
      unclear: "The detach may have started. Look at the disk before you try again.",
      goesOn: "The task goes on.",
      mayGoOn: "The task may still be going on.",
    },
    kinds: {
      options: ["The request was not valid", "The console asked for something impossible; nothing was sent."],
      network: ["No answer from the service", "The connection failed. Check your network."],
      timeout: ["The service did not answer in time", "It may be slow at the moment."],
      aborted: ["Cancelled", "You ended it before the service had accepted a task."],
      throttled: ["Too many requests", "Wait a moment, then try again."],
      auth: ["Your login has expired", "Log in again, then try again."],
      forbidden: ["You are not allowed to do this", "Ask the owner of the account for permission."],
      "not-found": ["The server was not found", "It may have been deleted. Refresh the list of servers."],
      "not-attached": ["The disk is already detached", "There is nothing to do. Refresh the list of disks."],
      conflict: [
        "The disk or the server is not ready",
        "It is busy, locked or in the wrong state. Change that or wait about a minute, then try again.",
      ],
      api: ["The service could not do it", "If it happens again, give support the request ID."],
      decode: [
        "The answer could not be understood",
        "Something between the console and the service may have changed it.",
      ],
      "job-failed": ["The detach failed", "The service accepted the task, but could not finish it."],
      "system-disk": ["This is the system disk", "The server starts from it, so it is not detached."],
      wasm: ["The console could not start a component", "Reload the page, then try again."],
    } as Readonly<Record<string, Pair>>,
    notFollowed: [
      "No longer followed",
      "You stopped waiting. The service has no call that would stop the task.",
    ] as Pair,
    taskTakesLong: ["The task takes long", "The console has stopped waiting for it."] as Pair,
    taskUnknown: [
      "The task is unknown",
      "The service does not know the task any more. Look at the disk to see what became of it.",
    ] as Pair,
    sessionEnded: ["Your session has ended", "Reload the page, then try again."] as Pair,
    unexpected: ["Something went wrong in the console", "Reload the page, then try again."] as Pair,
  },
} as const;

/** How several disks stand: "1 of 3 detached, 1 failed". */
function sentence({ all, detached, failed, cancelled }: Tally): string {
  const parts = [`${detached} of ${all} detached`];
  if (failed > 0) parts.push(`${failed} failed`);
  if (cancelled > 0) parts.push(`${cancelled} cancelled`);
  return parts.join(", ");
}
