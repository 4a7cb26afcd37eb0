import type { Connection } from "ecs-detach-volume";
import { language } from "./language.ts";
import type { Session } from "./model.ts";
import { transport } from "./transport.ts";

/** The base path below which the console server passes calls on to the cloud. */
export const ENDPOINT = "/api/ecs";

/** Where the cloud is for the package. The token is not here: the console server adds it. */
export function connection({ projectId, csrfToken }: Session) {
  return {
    endpoint: ENDPOINT,
    projectId,
    headers: { "X-CSRF-Token": csrfToken },
    language: language.service,
    fetch: transport,
  } satisfies Connection;
}
