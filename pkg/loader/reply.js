// What the core is told of a reply: a list, in an order that src/core/http.rs knows.
import { flat } from "./flat.js";

/** Where the request id stands: the gateway's and ECS's own, IAM's, OpenStack's. */
const REQUEST_IDS = ["x-request-id", "x-iam-trace-id", "x-openstack-request-id", "x-compute-request-id"];

/** What the core can read of a number. */
const MAX_MS = 999_999_999;

/** @param {{ reply?: Response | undefined, text?: string | undefined }} outcome */
export function replyList({ reply, text }) {
  if (!reply) return "";
  const { headers, status } = reply;
  const get = (/** @type {string} */ name) => headers.get(name) ?? undefined;
  const date = get("date");
  const requestId = REQUEST_IDS.map(get).find(Boolean);
  return flat([status, requestId, retryAfterMs(get("retry-after"), date), date, text]);
}

/**
 * How long the server asks to wait: in seconds, or as a date, which is compared with the reply's own, so that no clock
 * has to be right.
 *
 * Source: RFC 9110, section 10.2.3.
 *
 * @param {string | undefined} value
 * @param {string | undefined} date
 */
function retryAfterMs(value, date) {
  if (!value) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.parse(date ?? "");
  return ms >= 0 && ms <= MAX_MS ? ms : undefined;
}
