// Every fault that can be chosen ends as the panel says.
import type { Page } from "@playwright/test";
import type { FaultId } from "../../www/src/types.ts";
import { type Cloud, detach, expect, operation, simulate, test } from "./fixture.ts";

interface End {
  phase: "detached" | "failed" | "waiting";
  kind: string | null;
  /** How many requests to detach the service gets. */
  sent: number;
}

const once: End = { phase: "detached", kind: null, sent: 1 };
const again: End = { phase: "detached", kind: null, sent: 2 };
const refused = (kind: string): End => ({ phase: "failed", kind, sent: 1 });

/** But for `slow`, which takes its five seconds by the clock on the wall. */
const ends: Readonly<Record<Exclude<FaultId, "slow">, End>> = {
  throttled: again,
  "flow-control": again,
  "disk-busy": again,
  "server-locked": refused("conflict"),
  "already-detached": again,
  "refused-behind": refused("conflict"),
  forbidden: refused("forbidden"),
  "server-missing": refused("not-found"),
  "expired-token": refused("auth"),
  renewal: once,
  "renewal-hangs": once,
  "login-page": again,
  "server-error": again,
  "gateway-down": again,
  "gateway-late": once,
  "no-job-id": once,
  truncated: once,
  "other-disk": { phase: "failed", kind: "decode", sent: 0 },
  "lost-request": again,
  "lost-reply": once,
  "fate-unknown": refused("network"),
  "no-answer": again,
  "wait-throttled": once,
  "wait-busy": once,
  "wait-hour": refused("throttled"),
  offline: once,
  asleep: once,
  "question-lost": once,
  "task-fails": refused("job-failed"),
  "task-endless": { ...once, phase: "waiting" },
  "task-late": once,
  "task-lost": once,
  "other-task": once,
  "strange-word": once,
  "disk-lingers": once,
  "disk-null": once,
  "disk-unreadable": refused("forbidden"),
};

for (const [fault, end] of Object.entries(ends)) {
  test(`${fault}: ${end.phase} with ${end.sent} sent`, async ({ console, cloud }) => {
    await console.clock.install();
    await simulate(console, fault);
    await detach(console, "web-01-data");
    await passSeconds(console, cloud, 45);
    await expect(operation(console)).toHaveAttribute("data-phase", end.phase);
    expect(await operation(console).getAttribute("data-kind")).toBe(end.kind);
    expect(cloud.received("DELETE")).toHaveLength(end.sent);
    await expect(operation(console).getByTestId("simulation")).not.toBeEmpty();
  });
}

/** Lets time pass on both sides, second by second, until the detach has ended, or so long. */
async function passSeconds(page: Page, cloud: Cloud, seconds: number): Promise<void> {
  for (let passed = 0; passed < seconds; passed++) {
    const phase = await operation(page).getAttribute("data-phase");
    if (phase === "detached" || phase === "failed") return;
    cloud.pass(1000);
    await page.clock.runFor(1000);
  }
}
