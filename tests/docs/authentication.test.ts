// The examples on tokens and projects do what the documents say.
import assert from "node:assert/strict";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { pathToFileURL } from "node:url";
import { type AuthFunction, listAttachments } from "ecs-detach-volume";
import {
  ACCESS_KEY,
  createSimulator,
  defaultSeed,
  PROJECT_ID,
  SECRET_KEY,
  SERVER_IDS,
  TOKEN,
} from "../simulator/index.ts";
import { codeBlocks, PLACES, temporaryFolder } from "./documents.ts";

const REGION = "cn-north-4";
const HOUR = 3_600_000;

interface TokenExample {
  auth: AuthFunction;
}

interface ServerExample {
  projectToken(renew: boolean): Promise<{ token: string; expires_at: string }>;
}

interface ProjectExample {
  projectIdOf(region: string): Promise<string>;
}

/** What the only example on these subjects exports that declares this name. */
async function example<Exports>(t: TestContext, name: keyof Exports & string): Promise<Exports> {
  const declares = new RegExp(`^export .*\\b${name}\\b`, "m");
  const blocks = [PLACES.authentication, PLACES.reading].flatMap(codeBlocks);
  const [block, ...others] = blocks.filter(({ code }) => declares.test(code));
  assert.ok(block && others.length === 0, name);
  const file = join(temporaryFolder(t), "example.mts");
  writeFileSync(file, block.code);
  return import(pathToFileURL(file).href);
}

/** Puts a function in the place of the global `fetch`, and gives the requests that it gets. */
function answerWith(
  t: TestContext,
  respond: (url: string) => Response,
): { url: string; init: RequestInit }[] {
  const requests: { url: string; init: RequestInit }[] = [];
  t.mock.method(globalThis, "fetch", async (url: string, init: RequestInit) => {
    requests.push({ url, init });
    return respond(url);
  });
  return requests;
}

async function useToken(t: TestContext, tokens: string[], expiresInMs: number) {
  const sim = createSimulator();
  const requests = answerWith(t, () =>
    Response.json({ token: tokens.shift(), expires_at: new Date(Date.now() + expiresInMs).toISOString() }),
  );
  const { auth } = await example<TokenExample>(t, "auth");
  const connection = { endpoint: "/api/ecs", projectId: PROJECT_ID, serverId: SERVER_IDS.web };
  // Stands for a proxy that passes calls on, and takes the base path off.
  const fetch = ((url: string, init: RequestInit) =>
    sim.fetch(url.replace("/api/ecs", ""), init)) as typeof globalThis.fetch;
  const list = () => listAttachments({ ...connection, fetch, auth });
  return { sim, list, asked: () => requests.map(({ url }) => url) };
}

test("the page keeps its token while that lasts", async (t) => {
  const { list, asked } = await useToken(t, [TOKEN], 2 * 60_000);
  await list();
  await list();
  assert.deepEqual(asked(), ["/api/token?renew=false"]);
});

test("the page asks for another token a minute before the end", async (t) => {
  const { list, asked } = await useToken(t, [TOKEN, TOKEN], 59_000);
  await list();
  await list();
  assert.deepEqual(asked(), ["/api/token?renew=false", "/api/token?renew=false"]);
});

test("the page has its token renewed when the service wants that", async (t) => {
  const { sim, list, asked } = await useToken(t, [TOKEN, TOKEN], HOUR);
  sim.faults.add({ fault: "expired-token", times: 1 });
  assert.ok((await list()).length > 0);
  assert.deepEqual(asked(), ["/api/token?renew=false", "/api/token?renew=true"]);
});

test("the server gets a token of the project, and renews it after twelve hours or when asked", async (t) => {
  const user = { IAM_ACCOUNT: "account", IAM_USER: "user", IAM_PASSWORD: "password" };
  Object.assign(process.env, { ...user, IAM_ENDPOINT: "https://iam.example.com", PROJECT_NAME: REGION });
  t.mock.timers.enable({ apis: ["Date"], now: 0 });
  const expires_at = "2021-05-28T01:24:49.905000Z";
  const requests = answerWith(t, () =>
    Response.json({ token: { expires_at } }, { status: 201, headers: { "X-Subject-Token": TOKEN } }),
  );
  const { projectToken } = await example<ServerExample>(t, "projectToken");
  t.mock.timers.tick(1);
  assert.deepEqual(await projectToken(false), { token: TOKEN, expires_at });
  t.mock.timers.tick(12 * HOUR);
  await projectToken(false);
  assert.equal(requests.length, 1);
  t.mock.timers.tick(1);
  await projectToken(false);
  assert.equal(requests.length, 2);
  await projectToken(true);
  assert.equal(requests.length, 3);
  const [{ url, init } = { url: "", init: {} }] = requests;
  assert.deepEqual([init.method, url], ["POST", "https://iam.example.com/v3/auth/tokens?nocatalog=true"]);
  assert.deepEqual(JSON.parse(String(init.body)), {
    auth: {
      identity: {
        methods: ["password"],
        password: { user: { domain: { name: "account" }, name: "user", password: "password" } },
      },
      scope: { project: { name: REGION } },
    },
  });
});

test("the server says so where it gets no token", async (t) => {
  answerWith(t, () => Response.json({ error: { code: 401 } }, { status: 401 }));
  const { projectToken } = await example<ServerExample>(t, "projectToken");
  await assert.rejects(projectToken(false), /IAM gave no token: HTTP 401/);
});

test("the project of a region is found, and none is told from several", async (t) => {
  Object.assign(globalThis, { accessKey: ACCESS_KEY, secretKey: SECRET_KEY });
  const seed = defaultSeed();
  const [first] = seed.projects;
  assert.ok(first);
  const twins = ["1", "2"].map((digit) => ({
    ...first,
    id: digit.repeat(32),
    name: "twice",
    accessKeys: [],
  }));
  t.mock.method(
    globalThis,
    "fetch",
    createSimulator({ seed: { ...seed, projects: [...seed.projects, ...twins] } }).fetch,
  );
  const { projectIdOf } = await example<ProjectExample>(t, "projectIdOf");
  assert.equal(await projectIdOf(REGION), PROJECT_ID);
  await assert.rejects(projectIdOf("cn-north-9"), /no project of the name cn-north-9/);
  await assert.rejects(projectIdOf("twice"), /Several projects have the name twice/);
});
