// All texts in English: those for kinds of error here, those for codes beside it.
import { access } from "./access.js";
import { service } from "./service.js";

/** @type {import("../texts.d.ts").Texts} */
export const texts = {
  space: " ",
  unknown: [
    "Something went wrong",
    "This page met an error that it does not know.",
    "If it happens again, report it to those who run this page.",
  ],
  kinds: {
    options: [
      "This page made an invalid request",
      "The call that this page made is not valid, so it was not sent.",
      "Report this to those who run this page.",
    ],
    network: [
      "No reply",
      "The connection could not be made or was lost, or a redirect or the rules of the browser stopped the request.",
      "Check your network connection, and whether you are still logged in here.",
    ],
    timeout: [
      "No reply in time",
      "The time allowed for this has passed, and it is not known whether the work has ended.",
      "If this happens often, check your network connection.",
    ],
    aborted: [
      "Cancelled",
      "This page has stopped waiting. That does not stop a task of the service.",
      "You can try again.",
    ],
    throttled: [
      "Too many requests",
      "The service rejects requests because it receives more than it allows.",
      "Wait a little, then try again.",
    ],
    auth: [
      "Not logged in",
      "The service does not know who is asking: the credentials are missing, have expired or are wrong.",
      "Log in again. If that does not help, those who run this page must check its credentials.",
    ],
    forbidden: [
      "Not allowed",
      "The service knows who is asking, but this account or user may not do that.",
      "Ask an administrator of the account for the permission.",
    ],
    "not-found": [
      "Not found",
      "The server or the project does not exist here.",
      "Refresh the list, and check the region and the project.",
    ],
    "not-attached": [
      "The disk is not attached",
      "The disk is not one of the disks of this server.",
      "You need not detach it. If you expected it here, check whether this is the right server.",
    ],
    conflict: [
      "Not possible at the moment",
      "The server or the disk is busy, locked, or in a state that does not allow it.",
      "Wait until the current operation has ended, or change the state. Then try again.",
    ],
    api: [
      "The service reports an error",
      "The service, or a gateway in front of it, could not do what was asked.",
      "Try again later. If the error persists, contact the cloud provider's support.",
    ],
    decode: [
      "The reply cannot be read",
      "The reply is not from the service. It may be a login page or the page of a proxy.",
      "Log in to this page again. If that does not help, those who run it must check what stands between it and the service.",
    ],
    "job-failed": [
      "The task failed",
      "The service gives no reason that this page can explain.",
      "Make sure that nothing in the server uses the disk: unmount it, or stop the server. Then try again.",
    ],
    "system-disk": [
      "This is the system disk",
      "The server starts from this disk. The server does not work without it.",
      "Choose a data disk.",
    ],
    wasm: [
      "A part of this page does not work",
      "A component that this page needs could not be loaded or has stopped.",
      "Load the page again. If that does not help, those who run it must check whether its security policy allows WebAssembly.",
    ],
  },
  situations: {
    unknownTask: [
      "The service does not know the task",
      "The service keeps finished tasks for a day. It does not know this one, or no longer has it.",
      "If the disk is still attached, you can detach it again.",
    ],
    unreadableTask: [
      "The replies about the task cannot be read",
      "The replies are about something else, or are not from the service. A proxy on the way may be the cause.",
      "If this happens again, those who run this page must check what stands between it and the service.",
    ],
  },
  codes: [...service, ...access],
  fates: {
    failed: [
      "The service had begun to detach the disk and did not succeed. The disk may still be attached.",
      "Before you try again, look at the disks of the server.",
    ],
    detached: ["Either it was already detached, or this request has detached it.", ""],
    absent: ["It was not attached before this request, either.", ""],
    succeeded: [
      "The service reports that the task has succeeded, but it is not confirmed that the disk is off the server.",
      "Wait a moment, then look at the disks of the server.",
    ],
    accepted: [
      "The service has accepted the request to detach the disk. Whether the task has ended is not known.",
      "Before you try again, wait for task {jobId} to end, or look at the disks of the server.",
    ],
    unclear: [
      "It is not known whether the disk is being detached or has been detached.",
      "Before you try again, look at the disks of the server: if this one is gone, it has been detached.",
    ],
    unchanged: ["This request has not changed anything on the disk.", ""],
  },
  additions: {
    option: 'The option at fault is "{option}".',
    wait: "The service asks you to wait at least {time}.",
    inUse:
      "If it takes long, something in the server may still use the disk: unmount it there, or stop the server.",
    encoded: "The reply holds the reason in encoded form; an administrator can have it decoded.",
    doubted: 'The request to detach the disk ended with: "{title}".',
    last: 'The last request failed with: "{title}".',
  },
  progress: {
    phases: {
      checking: "Checking the disk.",
      submitting: "Asking the service to detach the disk.",
      settling:
        "It is not clear whether the request was accepted. Checking whether the disk is still attached.",
      waiting: "The service is working on the task.",
      confirming: "The task has succeeded. Checking that the disk is off the server.",
    },
    task: {
      accepted: "The service has accepted the task.",
      INIT: "The service is preparing the task.",
      RUNNING: "The service is detaching the disk.",
    },
    unknown: "The disk is being detached.",
    failures: {
      network: "There is no connection to the service.",
      timeout: "The service did not answer in time.",
      throttled: "The service is limiting requests.",
      auth: "The service asks for a new login.",
      "not-found": "The service does not show the task at the moment.",
      conflict: "The server or the disk is busy.",
      api: "The service reports an error.",
      decode: "The reply could not be read.",
      other: "The last request failed.",
    },
    next: "Next check in {time}.",
    again: "Trying again in {time}.",
    againNow: "Trying again.",
    goesOn: "The task goes on.",
  },
  units: { seconds: "{count} s", minutes: "{count} min" },
};
