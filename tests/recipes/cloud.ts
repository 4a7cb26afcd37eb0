import type { Cloud } from "ecs-detach-volume/testing";
import { HttpResponse, http } from "msw";

/** A simulated cloud answers what the page asks of its proxy. */
export const answeredBy = (myCloud: Cloud) =>
  http.all("*/api/ecs/*", ({ request }) => myCloud(request).catch(() => HttpResponse.error()));
