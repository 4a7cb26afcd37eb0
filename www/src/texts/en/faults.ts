import type { FaultGroupId, FaultId } from "../../types.ts";

interface Text {
  label: string;
  /** What goes wrong. */
  happens: string;
  /** What the console does about it. */
  handled: string;
}

const fault = (label: string, happens: string, handled: string): Text => ({ label, happens, handled });

const groups: Readonly<Record<FaultGroupId, string>> = {
  refused: "The service refuses",
  login: "Login",
  broken: "Broken replies",
  network: "Network",
  wait: "During the wait",
  task: "The task and the disk",
};

const choices: Readonly<Record<FaultId, Text>> = {
  throttled: fault(
    "Throttled (429)",
    "The gateway refuses the request and asks for a pause of 5 seconds.",
    "The request is sent again after that pause: the service has not processed it.",
  ),
  "flow-control": fault(
    "Flow control with status 202",
    "The service refuses for too many requests, but with a status that means success.",
    "The code in the reply counts, not the status. The request is sent again after a pause.",
  ),
  "disk-busy": fault(
    "Another command running (Ecs.0603)",
    "The service is busy with another command: perhaps with this very detachment.",
    "The disk is watched. When it is seen to stay attached, the request is sent again.",
  ),
  "server-locked": fault(
    "Server locked (Ecs.0605)",
    "The server is locked against changes.",
    "Nothing was changed; the service's own words are shown beside ours.",
  ),
  "already-detached": fault(
    "Already detached (Ecs.0111)",
    "The service says that the disk is off, while its own list still has it.",
    "The list counts. The disk is watched, seen to stay attached, and the request is sent again.",
  ),
  "refused-behind": fault(
    "Refused by a backend service",
    "The service passes on a refusal of the compute service behind it: the server is in the wrong state.",
    "Nothing was changed. What that service said decides, so nothing is sent again.",
  ),
  forbidden: fault(
    "No permission (Pdp.0001)",
    "A policy of the account does not allow the detachment.",
    "Nothing was changed; the reply names the missing permission.",
  ),
  "server-missing": fault(
    "Server missing (Ecs.0114)",
    "The service does not find the server.",
    "Nothing was changed; the list of servers may be out of date.",
  ),
  "expired-token": fault(
    "Expired token (401)",
    "The cloud token behind the console has run out.",
    "Nothing was changed; you are asked to log in again.",
  ),
  renewal: fault(
    "Login expires, and is renewed",
    "The credentials run out in the middle of the wait.",
    "The page is asked for new ones, and the wait goes on with them. The task does not notice.",
  ),
  "renewal-hangs": fault(
    "Login expires, renewal hangs",
    "The credentials run out in the middle of the wait, and the first renewal never ends.",
    "After five seconds it is given up, the next poll asks for another one, and the wait goes on.",
  ),
  "login-page": fault(
    "Login page in place of a reply",
    "The session behind the console is over: it leads to a login page.",
    "It is not followed. The disk is watched, and the request is sent again.",
  ),
  "server-error": fault(
    "Server error (500)",
    "The gateway fails, and does not say what became of the request.",
    "The request may have been accepted, so the disk is watched before anything is sent again.",
  ),
  "gateway-down": fault(
    "Gateway down (502)",
    "In place of the service, a proxy answers with an HTML page.",
    "The disk is watched. Only when it is seen to stay attached is the request sent again.",
  ),
  "gateway-late": fault(
    "Gateway gives up (504), task begins",
    "The gateway has passed the request on and does not wait for the reply.",
    "The disk is watched until it is off. No second request is sent.",
  ),
  "no-job-id": fault(
    "Accepted without a task",
    "The service says yes, but not which task to follow.",
    "The disk itself is watched until it is off the server.",
  ),
  truncated: fault(
    "Reply cut off",
    "The detachment is accepted, but the reply ends in the middle.",
    "The disk is watched; no second request is sent.",
  ),
  "other-disk": fault(
    "Reply about another disk",
    "The check before the detachment is answered with another disk.",
    "It is ignored, and no request to detach is sent.",
  ),
  "lost-request": fault(
    "Lost request",
    "The connection breaks before the service has read the request.",
    "The disk is watched, seen to stay attached, and the request is sent again.",
  ),
  "lost-reply": fault(
    "Lost reply",
    "The detachment is accepted, then the connection breaks.",
    "The disk is watched until it is off. One request in all, and no false alarm.",
  ),
  "fate-unknown": fault(
    "Lost reply, and no look allowed",
    "The detachment is accepted, the connection breaks, and every look at the disk is refused (Pdp.0001).",
    "Both reasons are shown, and nothing is sent again. The list of disks tells the rest.",
  ),
  slow: fault(
    "Slow reply (5 s)",
    "The service takes five seconds to answer.",
    "The console waits. You can cancel, and are told that the detachment may have started.",
  ),
  "no-answer": fault(
    "No reply (5 s limit)",
    "The service never answers.",
    "After five seconds the exchange ends, the disk is watched, and the request is sent again.",
  ),
  "wait-throttled": fault(
    "Throttled (429), for 12 s",
    "For twelve seconds, the gateway refuses every poll, and does not say for how long.",
    "You see why it takes longer, and when the next poll is due. The task goes on meanwhile.",
  ),
  "wait-busy": fault(
    "Throttled (429), pause of 8 s",
    "The gateway refuses one poll, and asks for a pause of eight seconds.",
    "The pause is kept, and the seconds are counted down.",
  ),
  "wait-hour": fault(
    "Throttled (429), pause of 60 min",
    "The gateway refuses one poll, and asks for a pause of 60 minutes: longer than the console waits.",
    "The wait ends at once with an error. The task goes on and can be followed later.",
  ),
  offline: fault(
    "Offline for 10 s",
    "The connection is down for ten seconds.",
    "The console keeps asking, shows when it will ask next, and goes on when the connection is back.",
  ),
  asleep: fault(
    "Asleep past the time limit (8 s)",
    "As if the computer slept: the poll gets no reply until the console's time is over.",
    "Before it gives up, it takes one last look, and sees that the task has ended.",
  ),
  "question-lost": fault(
    "Lost poll",
    "The connection breaks while the task is polled.",
    "Polls are safe to repeat, so the next one is sent in its turn.",
  ),
  "task-fails": fault(
    "Task fails (Ecs.1002)",
    "The service accepts the task and cannot finish it.",
    "The reason in the task is shown, and the list of disks is checked.",
  ),
  "task-endless": fault(
    "Task never ends",
    "The task stays at RUNNING.",
    "The time goes on. You can cancel, reload the page, and follow the task again.",
  ),
  "task-late": fault(
    "Task not visible yet",
    "The first two polls are answered 404.",
    "A new task may take a moment to be seen, so it is asked for again. No second request is sent.",
  ),
  "task-lost": fault(
    "Task becomes unknown",
    "The service forgets the task as soon as it is asked about it.",
    "The disk itself is watched until it is off the server.",
  ),
  "other-task": fault(
    "Reply about another task",
    "Once, a poll is answered with another task.",
    "It is ignored. The next poll is answered properly.",
  ),
  "strange-word": fault(
    "Final status CANCELED, disk off",
    "The task ends with a status that is not in the documentation.",
    "The disk itself is looked at, and what is seen there counts.",
  ),
  "disk-lingers": fault(
    "Disk stays 5 s after the task",
    "The task has succeeded, but the disk is still listed as attached to the server.",
    "It is confirmed only when the disk is no longer listed.",
  ),
  "disk-null": fault(
    "Disk off, told as null",
    "That the disk is off is told by an empty record (null), not by the usual error.",
    "It means the same: the detachment is confirmed.",
  ),
  "disk-unreadable": fault(
    "Disk cannot be read at the end",
    "The task has succeeded, the disk is still listed, and then no look is allowed (403).",
    "What was seen last decides: this is no success, and the reason is shown.",
  ),
};

export const faults = {
  title: "Simulate a fault",
  label: "Fault",
  hint: "For the next disk that you detach",
  happens: "What goes wrong",
  handled: "What you will see",
  story: (happens: string, handled: string) => `${happens} ${handled}`,
  groups,
  none: fault(
    "No fault",
    "Nothing: the next detachment goes as it should.",
    "The disk is checked, the request sent, the task followed, and the result confirmed.",
  ),
  choices,
};
