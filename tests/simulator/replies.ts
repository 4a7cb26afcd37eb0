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

/** An answer of the compute service, put as text into the message of a system error. */
export function nestedNotFound(what: string): Response {
  const message = JSON.stringify({ itemNotFound: { message: what, code: 404 } });
  return json({ error: { message, code: "Ecs.1000" } }, 400);
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
