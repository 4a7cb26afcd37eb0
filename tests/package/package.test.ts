import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { after, before, beforeEach, test } from "node:test";
import { promisify } from "node:util";
import { createSimulator, DISK_IDS, PROJECT_ID, SERVER_IDS, TOKEN } from "../simulator/index.ts";
import { type RunningServer, serve } from "../simulator/serve.ts";
import { createProject, type Project } from "./install.ts";

const simulator = createSimulator();
let server: RunningServer;
let project: Project;

before(async () => {
  server = await serve(simulator);
  project = createProject();
});
beforeEach(() => simulator.reset());
after(async () => {
  await server?.close();
  project?.remove();
});

/** For another Node than that of the tests, which need a newer one than the package does. */
const NODE = process.env.PACKAGE_NODE ?? process.execPath;

/** What a script in the project prints, as JSON. */
async function runInProject(name: string, script: string): Promise<unknown> {
  writeFileSync(join(project.folder, name), script);
  const { stdout, stderr } = await promisify(execFile)(NODE, [name], { cwd: project.folder });
  assert.equal(stderr, "");
  return JSON.parse(stdout);
}

function call(change: object = {}): string {
  const options = {
    endpoint: server.url,
    projectId: PROJECT_ID,
    serverId: SERVER_IDS.web,
    volumeId: DISK_IDS.webData,
    auth: { token: TOKEN },
    ...change,
  };
  return `detachVolume(${JSON.stringify(options)}).then(
    (task) => console.log(JSON.stringify(task)),
    (error) => console.log(JSON.stringify({ known: isEcsError(error), name: error.name, message: error.message, ...error })),
  );`;
}

test("the tarball holds what the manifest lists and no more", () => {
  const manifest = JSON.parse(readFileSync(new URL("../../pkg/package.json", import.meta.url), "utf8"));
  const always = ["README.md", "package.json"];
  assert.deepEqual([...project.files].sort(), [...always, ...manifest.files].sort());
});

test("a module detaches a disk", async () => {
  const task = await runInProject(
    "esm.mjs",
    `import { detachVolume, isEcsError } from "ecs-detach-volume"; ${call()}`,
  );
  assert.match((task as { jobId: string }).jobId, /^[0-9a-f]{32}$/);
  assert.equal(simulator.state.jobs.length, 1);
  assert.equal(simulator.state.jobs[0]?.status, "INIT");
});

test("a CommonJS script detaches a disk by force", async () => {
  const script = `const { detachVolume, isEcsError } = require("ecs-detach-volume"); ${call({ force: true })}`;
  const task = await runInProject("cjs.cjs", script);
  assert.match((task as { jobId: string }).jobId, /^[0-9a-f]{32}$/);
  assert.match(simulator.requests[0]?.url ?? "", /\?delete_flag=1$/);
});

test("errors are described, in a module and in a CommonJS script", async () => {
  const title = (kind: string, load: string) =>
    `${load} console.log(JSON.stringify(describeError(Object.assign(new Error(), { name: "EcsError", kind: "${kind}" }), "zh").title));`;
  const module = 'import { describeError } from "ecs-detach-volume/messages";';
  const script = 'const { describeError } = require("ecs-detach-volume/messages/zh-cn");';
  assert.equal(await runInProject("says.mjs", title("system-disk", module)), "这是系统盘");
  assert.equal(await runInProject("says.cjs", title("system-disk", script)), "这是系统盘");
});

test("the simulated cloud detaches a disk, in a module and in a CommonJS script", async () => {
  const script = `const myCloud = cloud({ taskMs: 0 });
    const ids = { projectId: PROJECT_ID, serverId: SERVER_ID, volumeId: DATA_DISK_ID };
    detachVolumeAndWait({ endpoint: "https://ecs.example.com", ...ids, fetch: myCloud, initialDelayMs: 1 })
      .then(({ confirmedBy }) => console.log(JSON.stringify([confirmedBy, myCloud.isAttached(DATA_DISK_ID)])));`;
  const names = "{ cloud, DATA_DISK_ID, PROJECT_ID, SERVER_ID }";
  const module = `import { detachVolumeAndWait } from "ecs-detach-volume";
    import ${names} from "ecs-detach-volume/testing"; ${script}`;
  const required = `const { detachVolumeAndWait } = require("ecs-detach-volume");
    const ${names} = require("ecs-detach-volume/testing"); ${script}`;
  assert.deepEqual(await runInProject("testing.mjs", module), ["attachment", false]);
  assert.deepEqual(await runInProject("testing.cjs", required), ["attachment", false]);
});

test("a refusal arrives with its code, status, request id and kind", async () => {
  const wrong = call({ volumeId: DISK_IDS.dbData });
  const error = await runInProject(
    "refused.mjs",
    `import { detachVolume, isEcsError } from "ecs-detach-volume"; ${wrong}`,
  );
  const { requestId, detachRequestId, message, errorMessage, ...rest } = error as Record<string, unknown>;
  assert.match(String(requestId), /^[0-9a-f]{32}$/);
  assert.equal(detachRequestId, requestId);
  assert.equal(message, `HTTP 400, Ecs.0111: ${errorMessage}`);
  assert.deepEqual(rest, {
    known: true,
    name: "EcsError",
    kind: "not-attached",
    mayHaveStarted: true,
    attempts: 1,
    jobId: null,
    jobStatus: null,
    doubt: null,
    lastFailure: { kind: "not-attached", status: 400, code: "Ecs.0111", message: errorMessage },
    status: 400,
    errorCode: "Ecs.0111",
    details: [],
    retryAfterMs: null,
    encodedAuthorizationMessage: null,
    bodyExcerpt: null,
  });
});

test("a connection that breaks after the server has acted is reported as doubt", async () => {
  const lost = call({ headers: { "X-Sim-Fault": "drop-after" } });
  const error = await runInProject(
    "lost.mjs",
    `import { detachVolume, isEcsError } from "ecs-detach-volume"; ${lost}`,
  );
  const { kind, mayHaveStarted } = error as Record<string, unknown>;
  assert.deepEqual({ kind, mayHaveStarted }, { kind: "network", mayHaveStarted: true });
  assert.equal(simulator.state.jobs.length, 1);
  assert.equal(simulator.requests.length, 1);
});
