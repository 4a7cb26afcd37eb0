import type { Page } from "@playwright/test";
import type { Cloud } from "ecs-detach-volume/testing";

/** Lets a simulated cloud answer what the page asks of its proxy. */
export function answerFrom(myCloud: Cloud, page: Page): Promise<unknown> {
  return page.route("**/api/ecs/**", async (route) => {
    const request = route.request();
    const init = { method: request.method(), headers: request.headers(), redirect: "manual" } as const;
    try {
      const reply = await myCloud(request.url(), init);
      const body = Buffer.from(await reply.arrayBuffer());
      await route.fulfill({ status: reply.status, headers: Object.fromEntries(reply.headers), body });
    } catch {
      await route.abort(); // The connection broke.
    }
  });
}
