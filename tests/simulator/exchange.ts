import type { Cloud } from "./cloud.ts";
import { type FaultAction, type FaultContext, parseFault } from "./faults.ts";
import { json } from "./replies.ts";
import type { createRoutes } from "./routes.ts";
import type { FaultRules } from "./rules.ts";
import type { Language } from "./types.ts";

export interface World {
  cloud: Cloud;
  routes: ReturnType<typeof createRoutes>;
  rules: FaultRules;
}

export interface Call {
  request: Request;
  /** Path and query. */
  url: string;
  body: string;
  requestId: string;
  signal: AbortSignal | undefined;
}

/** The answer of the cloud, or what a fault makes of it. */
export async function answer({ cloud, routes, rules }: World, call: Call): Promise<Response> {
  const { request, url, body, requestId, signal } = call;
  let fault: FaultAction | undefined;
  try {
    fault = faultFor(rules, request, url);
  } catch (error) {
    return json({ error: `X-Sim-Fault: ${error instanceof Error ? error.message : error}` }, 400);
  }

  const language = readLanguage(request);
  const proceed: FaultContext["proceed"] = async (plan) => {
    cloud.settle();
    return routes.fetch(request, { body, language, requestId, plan });
  };
  return fault ? fault({ proceed, path: url, language, requestId, signal }) : proceed();
}

/** The request's own wish comes before the rules and uses none of them up. */
function faultFor(rules: FaultRules, request: Request, url: string): FaultAction | undefined {
  const wish = request.headers.get("X-Sim-Fault");
  return wish === null ? rules.take(request.method, url) : parseFault(wish);
}

function readLanguage(request: Request): Language {
  return request.headers.get("X-Language")?.toLowerCase() === "zh-cn" ? "zh-cn" : "en-us";
}
