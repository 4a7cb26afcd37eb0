/** Where the disk is: the page's own origin has the API. */
export const options = JSON.parse(new URLSearchParams(location.search).get("options"));

/** For the driver: the task, or what went wrong. */
export function show({ jobId, message }) {
  document.body.dataset.outcome = jobId ?? message;
}
