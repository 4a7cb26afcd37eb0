import type { Cloud } from "./cloud.ts";
import { type FaultAction, type FaultContext, parseFault } from "./faults.ts";
import type { RequestLimit } from "./limit.ts";
import { gatewayReply, json } from "./replies.ts";
import type { createRoutes } from "./routes.ts";
import type { FaultRules } from "./rules.ts";
import type { Language } from "./types.ts";

export interface World {
  now: () => number;
  cloud: Cloud;
  limit: RequestLimit | undefined;
  routes: ReturnType<typeof createRoutes>;
  rules: FaultRules;
}

export interface Call {
  request: Request;
  /** Path and query. */
  url: string;
  body: string;
  bytes: Uint8Array<ArrayBuffer>;
  requestId: string;
  signal: AbortSignal | undefined;
}

/** The answer of the cloud, or what a fault makes of it. */
export async function answer(world: World, call: Call): Promise<Response> {
  const { now, limit, routes, rules } = world;
  const { request, url, body, bytes, requestId, signal } = call;
  if (limit && !limit.take(now())) return gatewayReply(429, "APIGW.0308", limit.message, requestId);

  let fault: FaultAction | undefined;
  try {
    fault = faultFor(rules, request, url);
  } catch (error) {
    return json({ error: `X-Sim-Fault: ${error instanceof Error ? error.message : error}` }, 400);
  }

  const language = readLanguage(request);
  const proceed: FaultContext["proceed"] = async (plan, skewMs = 0) => {
    const serverMs = now() + skewMs;
    const reply = await routes.fetch(request, { body, bytes, language, requestId, plan, serverMs });
    if (skewMs) reply.headers.set("Date", httpDate(now() + skewMs));
    return reply;
  };
  return fault ? fault({ proceed, path: url, language, requestId, signal }) : proceed();
}

/** As in the header `Date`. */
export function httpDate(ms: number): string {
  return new Date(ms).toUTCString();
}

/** The request's own wish comes before the rules and uses none of them up. */
function faultFor(rules: FaultRules, request: Request, url: string): FaultAction | undefined {
  const wish = request.headers.get("X-Sim-Fault");
  return wish === null ? rules.take(request.method, url) : parseFault(wish);
}

function readLanguage(request: Request): Language {
  return request.headers.get("X-Language")?.toLowerCase() === "zh-cn" ? "zh-cn" : "en-us";
}
