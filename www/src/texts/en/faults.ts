/** A fault: its name, what goes wrong, and what the console does about it. */
const fault = (label: string, happens: string, handled: string) => ({ label, happens, handled });

export const faults = {
  title: "Simulate a fault",
  label: "Fault",
  hint: "For the next detach only",
  happens: "What goes wrong",
  handled: "What you will see",
  story: (happens: string, handled: string) => `${happens} ${handled}`,
  groups: {
    refused: "The service refuses",
    broken: "Broken answers",
    network: "Network",
    task: "After acceptance",
  },
  none: fault(
    "No fault",
    "Nothing: the next detach goes as it should.",
    "The disk is checked, the request sent, the task followed, and the result confirmed.",
  ),
  choices: {
    throttled: fault(
      "Throttled (429)",
      "The gateway refuses the request and asks for a pause of 5 seconds.",
      "The request is sent again after that pause: the service has not processed it.",
    ),
    "flow-control": fault(
      "Flow control with status 202",
      "The service refuses for too many requests, but with a status that means success.",
      "The code in the answer counts, not the status. The request is sent again after a pause.",
    ),
    "disk-busy": fault(
      "Another command running (Ecs.0603)",
      "The service is busy with another command: perhaps with this very detach.",
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
    "expired-token": fault(
      "Expired token (401)",
      "The cloud token behind the console has run out.",
      "Nothing was changed; you are asked to log in again.",
    ),
    forbidden: fault(
      "No permission (Pdp.0001)",
      "A policy of the account does not allow the detach.",
      "Nothing was changed; the answer names the missing permission.",
    ),
    "server-missing": fault(
      "Server missing (Ecs.0114)",
      "The service does not find the server.",
      "Nothing was changed; the list of servers may be out of date.",
    ),
    "server-error": fault(
      "Server error (500)",
      "The gateway fails, and says nothing of the request.",
      "The request may have been accepted, so the disk is watched before anything is sent again.",
    ),
    "gateway-down": fault(
      "Gateway down (502)",
      "In place of the service, a proxy answers with an HTML page.",
      "The disk is watched. Only when it is seen to stay attached is the request sent again.",
    ),
    "no-job-id": fault(
      "Accepted without a task",
      "The service says yes, but not which task to follow.",
      "The disk itself is watched until it is off the server.",
    ),
    truncated: fault(
      "Answer cut off",
      "The detach is accepted, but the answer ends in the middle.",
      "The disk is watched; no second request is sent.",
    ),
    "lost-request": fault(
      "Lost request",
      "The connection breaks before the service has read the request.",
      "The disk is watched, seen to stay attached, and the request is sent again.",
    ),
    "lost-reply": fault(
      "Lost reply",
      "The detach is accepted, then the connection breaks.",
      "The disk is watched until it is off. One request in all, and no false alarm.",
    ),
    slow: fault(
      "Slow answer (5 s)",
      "The service takes five seconds to answer.",
      "The console waits. You can cancel, and are told that the detach may have started.",
    ),
    "no-answer": fault(
      "No answer (5 s limit)",
      "The service never answers.",
      "After five seconds the exchange ends, the disk is watched, and the request is sent again.",
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
    "task-lost": fault(
      "Task becomes unknown",
      "The service forgets the task as soon as it is asked about it.",
      "The disk itself is watched until it is off the server.",
    ),
    "question-lost": fault(
      "Lost question about the task",
      "The connection breaks while the task is asked about.",
      "Questions are safe to repeat, so the next one is asked in its turn.",
    ),
    "disk-lingers": fault(
      "Disk stays 5 s after the task",
      "The task has succeeded, but the disk is still listed at the server.",
      "It is confirmed only when the disk is no longer listed.",
    ),
  },
};
