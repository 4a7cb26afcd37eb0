// All texts in English: those for kinds of error here, those for codes beside it.
import { access } from "./access.js";
import { service } from "./service.js";

/** @type {import("../texts.d.ts").Texts} */
export const texts = {
  locale: "en",
  space: " ",
  unknown: [
    "Something went wrong",
    "This page met an error that it does not know.",
    "If it comes back, report it to those who run this page.",
  ],
  kinds: {
    options: [
      "This page asked for something invalid",
      "The call that this page made is not a valid one, so it was not sent.",
      "Report this to those who run this page.",
    ],
    network: [
      "No answer",
      "The connection could not be made or broke off, or a redirect or the rules of the browser stopped the request.",
      "Check the connection to the network, and that you are still logged in here.",
    ],
    timeout: [
      "No answer in time",
      "The time that was allowed has passed before the work was seen to end.",
      "Check the connection to the network if this happens often.",
    ],
    aborted: [
      "Cancelled",
      "This page has stopped waiting. That stops no task of the service.",
      "You can try it again.",
    ],
    throttled: [
      "Too many requests",
      "The service turns requests away, because it gets more than it allows.",
      "Wait a little, then try again.",
    ],
    auth: [
      "Not logged in",
      "The service does not know who is asking: the credentials are missing, have expired or are wrong.",
      "Log in again. If that does not help, those who run this page must check its credentials.",
    ],
    forbidden: [
      "Not allowed",
      "The service knows who is asking, and does not let this account or user do that.",
      "Ask an administrator of the account for the permission.",
    ],
    "not-found": [
      "Not found",
      "The server, the project or the task does not exist here, or is not known any more.",
      "Refresh the list, and check the region and the project.",
    ],
    "not-attached": [
      "The disk is not attached",
      "The disk does not belong to the disks of this server.",
      "You need not detach it. If you expected it here, check whether it is the right server.",
    ],
    conflict: [
      "Not possible at the moment",
      "The server or the disk is busy, locked, or in a state that does not allow it.",
      "Wait until what is going on has ended, or change the state, then try again.",
    ],
    api: [
      "The service reports an error",
      "The service, or a gateway in front of it, could not do what was asked.",
      "Try again later. If the error stays, contact the support of the cloud.",
    ],
    decode: [
      "An answer that cannot be read",
      "What came back is not from the service, for example a login page or the page of a proxy.",
      "Log in to this page again. If that does not help, those who run it must check what stands before the service.",
    ],
    "job-failed": [
      "The task failed",
      "The service gives no reason that this page knows.",
      "Make sure that nothing in the server uses the disk: unmount it, or stop the server. Then try again.",
    ],
    "system-disk": [
      "This is the system disk",
      "The server starts from this disk. Without it, it does not work.",
      "Choose a data disk.",
    ],
    wasm: [
      "A part of this page does not work",
      "A program that this page needs could not be loaded, or has stopped.",
      "Load the page again. If that does not help, those who run it must check whether its security policy allows WebAssembly.",
    ],
  },
  codes: [...service, ...access],
  fates: {
    failed: [
      "The service had begun to detach the disk and did not succeed. The disk may still be attached.",
      "Before you try again, look at the disks of the server.",
    ],
    detached: ["Either it was detached before, or this request has done it.", ""],
    absent: ["That was so before this request.", ""],
    accepted: [
      "The service has accepted the detachment; whether it has ended is not known.",
      "Before you try again, wait for task {jobId} to end, or look at the disks of the server.",
    ],
    unclear: [
      "Whether the disk is being detached, or has been, is not known.",
      "Before you try again, look at the disks of the server: if this one is gone, it has been detached.",
    ],
    unchanged: ["This request has changed nothing on the disk.", ""],
  },
  additions: {
    option: 'The option at fault is "{option}".',
    wait: "The service asks you to wait for at least {time}.",
    inUse:
      "If it takes long, something in the server may still use the disk: unmount it there, or stop the server.",
    encoded: "The answer holds the reason in encoded form; an administrator can have it decoded.",
  },
};
