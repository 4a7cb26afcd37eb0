// The package with a real identity service: projects are looked up there, and a detachment shows a token of its.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  detachVolume,
  detachVolumeAndWait,
  type EcsError,
  findProjects,
  isEcsError,
  type Project,
} from "ecs-detach-volume";
import { DISK_IDS, SERVER_IDS } from "../simulator/index.ts";
import { cloudOf } from "./cloud.ts";
import { type Keystone, type Login, REGION, SUB_PROJECT, startKeystone } from "./keystone.ts";

let keystone: Keystone;
before(async () => {
  keystone = await startKeystone();
});
after(() => keystone?.stop());

test("one project has the name", async () => {
  assert.deepEqual(await find(await tokenOf(keystone.reader), REGION), [project(REGION)]);
});

test("no project has the name", async () => {
  assert.deepEqual(await find(await tokenOf(keystone.reader), "eu-west-101"), []);
});

test("several projects have the name: each says whose it is", async () => {
  const found = await find(keystone.adminToken(), REGION);
  assert.deepEqual(
    found.map(({ name }) => name),
    [REGION, REGION],
  );
  assert.equal(new Set(found.map(({ id }) => id)).size, 2);
  assert.equal(new Set(found.map(({ domainId }) => domainId)).size, 2);
  assert.deepEqual(
    found.filter(({ domainId }) => domainId === keystone.domainId),
    [project(REGION)],
  );
});

test("without a name there are all projects, each once", async () => {
  const found = await find(await tokenOf(keystone.reader));
  const sorted = found.toSorted((a, b) => a.id.localeCompare(b.id));
  const wanted = [project(REGION), project(SUB_PROJECT)].sort((a, b) => a.id.localeCompare(b.id));
  assert.deepEqual(sorted, wanted);
});

test("an ordinary user may not look for projects", async () => {
  const error = await failure(find(await tokenOf(keystone.member), REGION));
  assert.deepEqual(told(error), { kind: "forbidden", status: 403, attempts: 1, mayHaveStarted: false });
  assert.match(error.message, /identity:list_projects/);
});

test("who shows no good token finds no projects", async () => {
  const error = await failure(find("unknown", REGION));
  assert.deepEqual(told(error), { kind: "auth", status: 401, attempts: 1, mayHaveStarted: false });
});

test("a disk is detached in the project that was found, with a token for it", async () => {
  const [found] = await find(await tokenOf(keystone.reader), REGION);
  assert.ok(found);
  const { sim, options } = cloud(await tokenOf(keystone.member), found.id);
  const { jobId } = await detachVolume(options);
  assert.deepEqual(
    sim.state.jobs.map(({ id }) => id),
    [jobId],
  );
});

test("every request of a detachment that is followed to its end shows a good token", async () => {
  const { sim, options } = cloud(await tokenOf(keystone.member));
  const waits = { initialDelayMs: 1, pollIntervalMs: 1 };
  const { confirmedBy, job } = await detachVolumeAndWait({ ...options, ...waits });
  assert.deepEqual([confirmedBy, job?.status], ["attachment", "SUCCESS"]);
  assert.ok(!sim.state.attachments.some(({ volumeId }) => volumeId === options.volumeId));
  assert.deepEqual(
    sim.requests.map(({ method }) => method),
    ["GET", "DELETE", "GET", "GET"],
  );
});

test("a token for another project detaches nothing", async () => {
  const { sim, options } = cloud(await tokenOf({ ...keystone.member, project: SUB_PROJECT }));
  const error = await failure(detachVolume(options));
  assert.deepEqual(told(error), { kind: "not-found", status: 400, attempts: 1, mayHaveStarted: false });
  assert.deepEqual(sim.state.jobs, []);
});

for (const [name, detach] of Object.entries({ detachVolume, detachVolumeAndWait })) {
  test(`${name} with a token that was revoked detaches nothing`, async () => {
    const token = await tokenOf(keystone.member);
    await keystone.call("DELETE", "/v3/auth/tokens", { token, subject: token });
    const { sim, options } = cloud(token);
    const error = await failure(detach(options));
    assert.deepEqual([error.kind, error.mayHaveStarted], ["auth", false]);
    assert.deepEqual([sim.requests.length, sim.state.jobs], [1, []]);
  });
}

function find(token: string, name?: string): Promise<Project[]> {
  return findProjects({ iamEndpoint: keystone.url, auth: { token }, name });
}

/** A simulated cloud that asks Keystone about tokens, and what a call needs to detach a disk there. */
function cloud(token: string, projectId: string = keystone.projectIds[REGION]) {
  const sim = cloudOf(keystone);
  const options = {
    endpoint: "https://ecs.example.com",
    projectId,
    serverId: SERVER_IDS.web,
    volumeId: DISK_IDS.webData,
    auth: { token },
    fetch: sim.fetch,
  };
  return { sim, options };
}

function tokenOf(login: Login): Promise<string> {
  return keystone.issueToken(login);
}

function project(name: typeof REGION | typeof SUB_PROJECT): Project {
  return { id: keystone.projectIds[name], name, domainId: keystone.domainId, enabled: true };
}

async function failure(promise: Promise<unknown>): Promise<EcsError> {
  const error = await promise.then(
    () => assert.fail("the promise was fulfilled"),
    (error: unknown) => error,
  );
  assert.ok(isEcsError(error), String(error));
  return error;
}

function told(error: EcsError) {
  const { kind, attempts, mayHaveStarted } = error;
  return { kind, status: "status" in error ? error.status : null, attempts, mayHaveStarted };
}
