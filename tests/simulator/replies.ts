import { ecsText, gatewayStatus, gatewayText } from "./messages.ts";
import type { Language } from "./types.ts";

export function json(body: unknown, status = 200, headers: Record<string, string> = {}): Response {
  return new Response(JSON.stringify(body), {
    status,
    headers: { "Content-Type": "application/json", ...headers },
  });
}

/** An error of the ECS service itself: `{"error":{"message","code"}}`. */
export function ecsError(code: string, language: Language): Response {
  const { status, message } = ecsText(code, language);
  return json({ error: { message, code } }, status);
}

/** A general code on top and the real reason only as a code in `details`, as seen in the field. */
export function genericError(code: string, message: string): Response {
  return json({ error: { message, code: "Ecs.0005", details: [{ code }] } }, 400);
}

/** Errors of the compute service behind this one, by its name for them. */
export const COMPUTE_FAULTS = {
  volume: ["itemNotFound", 404, missingDisk],
  server: [
    "itemNotFound",
    404,
    (path: string) => `Instance ${idIn(path, "cloudservers")} could not be found.`,
  ],
  conflict: [
    "conflictingRequest",
    409,
    (path: string) =>
      `Cannot 'detach_volume' instance ${idIn(path, "cloudservers")} while it is in task_state powering-off`,
  ],
  "bad-request": ["badRequest", 400, () => "Invalid volume: Volume must be attached in order to detach."],
  "server-error": ["computeFault", 500, () => "Unexpected API Error."],
} as const;

export type ComputeFaultName = keyof typeof COMPUTE_FAULTS;

/** An answer of the compute service as it is. */
export function computeFault(name: ComputeFaultName, path: string): Response {
  return json(faultOf(name, path), COMPUTE_FAULTS[name][1]);
}

/** The same, put as text into the message of a system error. */
export function nested(name: ComputeFaultName, path: string): Response {
  return json({ error: { message: JSON.stringify(faultOf(name, path)), code: "Ecs.1000" } }, 400);
}

/** What the compute service says of a disk that the server does not have. */
export function missingDisk(path: string): string {
  return `No volume Block Device Mapping with id ${idIn(path, "detachvolume|block_device")}.`;
}

function faultOf(name: ComputeFaultName, path: string): Record<string, unknown> {
  const [key, code, text] = COMPUTE_FAULTS[name];
  return { [key]: { message: text(path), code } };
}

function idIn(path: string, parent: string): string {
  const [, id = "xxx"] = new RegExp(`/(?:${parent})/([^/?]+)`).exec(path) ?? [];
  return id;
}

/** As in the header `Date`. */
export function httpDate(ms: number): string {
  return new Date(ms).toUTCString();
}

/** An answer of the API gateway in front of the service. */
export function gatewayReply(
  status: number,
  code: string,
  message: string,
  requestId: string,
  headers: Record<string, string> = {},
): Response {
  const body = { error_msg: message, error_code: code, request_id: requestId };
  return json(body, status, { Server: "api-gateway", ...headers });
}

export function gatewayError(
  code: string,
  requestId: string,
  headers: Record<string, string> = {},
): Response {
  const { status, message } = gatewayText(code);
  return gatewayReply(status, code, message, requestId, headers);
}

export function gatewayStatusReply(
  status: number,
  requestId: string,
  headers: Record<string, string> = {},
): Response {
  const { code, message } = gatewayStatus(status);
  return gatewayReply(status, code, message, requestId, headers);
}

/** The error page of a web server or proxy that stands in between. */
export function htmlPage(status: number): Response {
  const title = `${status} ${status === 502 ? "Bad Gateway" : "Error"}`;
  const page = [
    "<html>",
    `<head><title>${title}</title></head>`,
    "<body>",
    `<center><h1>${title}</h1></center>`,
    "<hr><center>nginx</center>",
    "</body>",
    "</html>",
    "",
  ].join("\r\n");
  return new Response(page, { status, headers: { "Content-Type": "text/html" } });
}
