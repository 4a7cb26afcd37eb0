// The tables of docs/faults.md say what happens. `npm run report -- faults` writes them.
import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { nginxIsMissing } from "../docs/proxies.ts";
import { FAULT_NAMES } from "../simulator/index.ts";
import { callDirectly, SERVICE_FAULTS, type ServiceFault } from "./direct.ts";
import { GATEWAY_FAULTS } from "./faults.ts";
import { callThrough } from "./gateway.ts";
import type { Outcome } from "./outcome.ts";
import { CALL_HEADER, commit, committed, render, row } from "./table.ts";
import { WAITED_HEADER, waitedRow, waitFor } from "./waited.ts";

const WRITE = process.env.FAULTS === "write";

test("the table of the service's faults is what happens", async (t) => {
  const rows: string[][] = [];
  for (const fault of SERVICE_FAULTS) {
    const name = nameOf(fault);
    rows.push(row(name, await observed(t, name, (t) => callDirectly(t, fault))));
  }
  check("service", CALL_HEADER, rows);
});

test("the table of the gateway's faults is what happens", { skip: nginxIsMissing }, async (t) => {
  const rows: string[][] = [];
  for (const fault of GATEWAY_FAULTS) {
    rows.push(row(fault.name, await observed(t, fault.name, (t) => callThrough(t, fault))));
  }
  check("gateway", CALL_HEADER, rows);
});

test("the table of whole detachments is what happens", async (t) => {
  const rows: string[][] = [];
  for (const fault of SERVICE_FAULTS.filter(({ isOnce }) => !isOnce)) {
    const name = nameOf(fault);
    await t.test(
      `${name.replaceAll("`", "")}: what is said at the end is true, and one task at most begins`,
      async () => {
        const outcome = await waitFor(fault);
        if (outcome.mayHaveStarted === null) assert.equal(outcome.isAttached, false);
        if (outcome.mayHaveStarted === false) assert.equal(outcome.tasks, 0);
        assert.ok(outcome.tasks <= 1);
        rows.push(waitedRow(name, outcome));
      },
    );
  }
  check("waited", WAITED_HEADER, rows);
});

test("every fault of the simulated cloud is in the table", () => {
  const shown = SERVICE_FAULTS.map(({ fault = "" }) => fault.split(":")[0]);
  assert.deepEqual(
    FAULT_NAMES.filter((name) => !shown.includes(name)),
    [],
  );
});

/** Makes a call, ends what that has started, and checks what callers rely on whatever the fault. */
async function observed(t: TestContext, name: string, call: (t: TestContext) => Promise<Outcome>) {
  const outcomes: Outcome[] = [];
  await t.test(
    `${name.replaceAll("`", "")}: no effect is denied, and no DELETE is repeated in doubt`,
    async (t) => {
      const outcome = await call(t);
      outcomes.push(outcome);
      const { kind, sent, hasStarted, mayHaveStarted } = outcome;
      if (hasStarted) assert.notEqual(mayHaveStarted, false);
      if (sent > 1) assert.ok(kind === null || kind === "throttled", `${kind} after ${sent} requests`);
      if (kind === null) assert.ok(hasStarted);
    },
  );
  const [outcome] = outcomes;
  assert.ok(outcome, name);
  return outcome;
}

function check(name: string, header: string[], rows: string[][]): void {
  const table = render(header, rows);
  if (WRITE) commit(name, table);
  else assert.equal(committed(name), table, "run `npm run report -- faults` and read what has changed");
}

function nameOf({ fault, isOnce }: ServiceFault): string {
  if (!fault) return "none";
  return isOnce ? `\`${fault}\`, once` : `\`${fault}\``;
}
