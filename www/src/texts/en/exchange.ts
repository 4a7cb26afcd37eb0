export const exchange = {
  title: "HTTP exchange",
  about: (disk: string) => `for ${disk}`,
  empty: "No request sent yet",
  emptyHint: "The next detach shows here as it went over the wire, secrets masked.",
  purposes: {
    detach: "Detach the disk",
    question: "Ask about the task",
    look: "Look at the disk",
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
