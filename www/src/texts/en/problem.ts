/** Beside the words of the package: its labels, and what only this console can say. */
export const problem = {
  facts: { code: "Error code", status: "HTTP status", requestId: "Request ID", option: "Option" },
  detail: (code: string) => `Detail ${code}`,
  sessionEnded: {
    title: "Your session has ended",
    explanation: "The console no longer knows this page. Nothing was sent to the cloud.",
    remedy: "Reload the page, then try again.",
  },
};
