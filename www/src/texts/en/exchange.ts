export const exchange = {
  title: "HTTP exchange",
  about: (disk: string) => `for ${disk}`,
  empty: "No request sent yet",
  emptyHint: "The next detachment appears here as it was sent, with secrets masked.",
  purposes: {
    detach: "Detach the disk",
    question: "Poll the task",
    look: "Look at the disk",
  },
  status: { pending: "Waiting", lost: "Lost", aborted: "Cancelled" },
  request: "Request",
  answer: "Reply",
  noBody: "No body",
  noHeaders: "No headers",
  waiting: "Waiting for the reply",
  reading: "Reading the body",
  lost: (time: string) => `No reply. The connection ended after ${time}.`,
  aborted: (time: string) => `Cancelled by the console after ${time}. The reply is unknown.`,
  cut: "The body did not arrive completely.",
  tooLong: (shown: string, all: string) => `The first ${shown} of ${all} characters are shown.`,
};

export const copy = {
  projectId: "project ID",
  serverId: "server ID",
  taskId: "task ID",
  requestId: "request ID",
  code: "code",
  label: (what: string) => `Copy ${what}`,
  done: (what: string) => `Copied the ${what}.`,
  failed: "Copying is not allowed here.",
};
