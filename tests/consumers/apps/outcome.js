// Beside the code of every app, in syntax that the oldest bundlers read.

/** Where the disk is: the page's own origin has the API. */
export const options = JSON.parse(new URLSearchParams(location.search).get("options"));

/**
 * For the driver: the task, or what went wrong.
 *
 * @param {{ jobId?: string | null, message?: string }} outcome
 */
export function show({ jobId, message }) {
  document.body.dataset.outcome = jobId || message;
}
