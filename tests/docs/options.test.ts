// What docs/options.md says of `checkOptions`.
import assert from "node:assert/strict";
import { test } from "node:test";
import { checkOptions } from "ecs-detach-volume";

test("of several wrong options, the first in the documented order is named", async () => {
  const given = { endpoint: "", projectId: "", serverId: "", volumeId: "" };
  const named: (string | null | undefined)[] = [];
  for (const name of Object.keys(given)) {
    const error = await checkOptions("detachVolumeAndWait", given);
    named.push(error?.option);
    Object.assign(given, { [name]: name === "endpoint" ? "https://ecs.example.com" : "0" });
  }
  assert.deepEqual(named, ["endpoint", "projectId", "serverId", "volumeId"]);
  assert.equal(await checkOptions("detachVolumeAndWait", given), null);
});
