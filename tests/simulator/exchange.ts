import type { Clock } from "./clock.ts";
import type { Cloud } from "./cloud.ts";
import { type FaultAction, type FaultContext, type Outage, parseFault } from "./faults.ts";
import type { RequestLimit } from "./limit.ts";
import { gatewayReply, httpDate, json } from "./replies.ts";
import type { Routes } from "./routes.ts";
import type { FaultRules } from "./rules.ts";
import type { Language } from "./types.ts";

export interface World {
  clock: Clock;
  cloud: Cloud;
  limit: RequestLimit | undefined;
  routes: Routes;
  rules: FaultRules;
  outage: Outage | undefined;
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
  const { clock, limit, routes, rules, outage } = world;
  const { now, wait } = clock;
  const { request, url, body, bytes, requestId, signal } = call;
  if (outage && now() < outage.endMs) return outage.answer(requestId);
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
    const [path = ""] = url.split("?");
    const received = { request, body, bytes, language, requestId, plan, serverMs };
    const reply = await routes(request.method, path, received);
    if (skewMs) reply.headers.set("Date", httpDate(now() + skewMs));
    return reply;
  };
  const shut: FaultContext["shut"] = (ms, answer) => {
    world.outage = { endMs: now() + ms, answer };
    return answer(requestId);
  };
  return fault ? fault({ proceed, now, wait, shut, path: url, language, requestId, signal }) : proceed();
}

/** The request's own wish comes before the rules and uses none of them up. */
function faultFor(rules: FaultRules, request: Request, url: string): FaultAction | undefined {
  const wish = request.headers.get("X-Sim-Fault");
  return wish === null ? rules.take(request.method, url) : parseFault(wish);
}

function readLanguage(request: Request): Language {
  return request.headers.get("X-Language")?.toLowerCase() === "zh-cn" ? "zh-cn" : "en-us";
}
