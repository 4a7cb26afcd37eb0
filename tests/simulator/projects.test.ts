import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ACCESS_KEY,
  createSimulator,
  defaultSeed,
  OTHER_PROJECT_ID,
  OTHER_TOKEN,
  PROJECT_ID,
  type Project,
  TOKEN,
} from "./index.ts";
import { sign } from "./signing.ts";
import { type Answer, read, setup } from "./support.ts";

const PATH = "/v3/projects";
const ORIGIN = "http://simulator.localhost";

const names = ({ body }: Answer) => (body.projects as { name: string }[]).map(({ name }) => name);

/** A simulator in which the first project's account has these projects and no others. */
function withProjects(...ofAccount: string[]) {
  const [first, ...others] = defaultSeed().projects;
  assert.ok(first);
  const mine = ofAccount.map((name, index): Project => {
    const id = index === 0 ? PROJECT_ID : `${index}`.padStart(32, "0");
    return { ...first, id, name, tokens: index === 0 ? first.tokens : [], accessKeys: [] };
  });
  const strangers = others.map((project) => ({ ...project, domainId: "another" }));
  return setup({ seed: { ...defaultSeed(), projects: [...mine, ...strangers] } });
}

test("a project is found by its exact name, with the documented fields", async () => {
  const answer = await setup().call(`${PATH}?name=cn-north-4`);
  const domain = "00000000000000000000000000000d01";
  assert.equal(answer.status, 200);
  assert.deepEqual(answer.body, {
    projects: [
      {
        domain_id: domain,
        is_domain: false,
        parent_id: domain,
        name: "cn-north-4",
        description: "",
        links: { self: `${ORIGIN}${PATH}/${PROJECT_ID}`, next: null, previous: null },
        id: PROJECT_ID,
        enabled: true,
      },
    ],
    links: { self: `${ORIGIN}${PATH}?name=cn-north-4`, next: null, previous: null },
  });
  assert.match(String(answer.headers.get("X-IAM-Trace-Id")), /^[0-9a-f]{32}$/);
});

test("without a name all projects of the caller's account are listed, and no others", async () => {
  const { call } = setup();
  for (const token of [TOKEN, OTHER_TOKEN]) {
    const { body } = await call(PATH, { headers: { "X-Auth-Token": token } });
    const ids = (body.projects as { id: string }[]).map(({ id }) => id);
    assert.deepEqual(ids, [PROJECT_ID, OTHER_PROJECT_ID]);
  }
  const separate = withProjects("one", "two");
  assert.deepEqual(names(await separate.call(PATH)), ["one", "two"]);
  const headers = { "X-Auth-Token": OTHER_TOKEN };
  assert.deepEqual(names(await separate.call(PATH, { headers })), ["cn-north-4_other"]);
});

test("a name that no project has, or two have, is answered so", async () => {
  const { call } = withProjects("same", "other", "same");
  assert.deepEqual(names(await call(`${PATH}?name=none`)), []);
  assert.deepEqual(names(await call(`${PATH}?name=same`)), ["same", "same"]);
});

test("pages follow one another by their links", async () => {
  const { call } = withProjects("a", "b", "c", "d", "e");
  const seen: string[][] = [];
  let next: string | null = `${ORIGIN}${PATH}?page=1&per_page=2`;
  const previous: unknown[] = [];
  while (next) {
    const answer = await call(next);
    const links = answer.body.links as { self: string; next: string | null; previous: string | null };
    assert.equal(links.self, next);
    seen.push(names(answer));
    previous.push(links.previous);
    next = links.next;
  }
  assert.deepEqual(seen, [["a", "b"], ["c", "d"], ["e"]]);
  assert.deepEqual(previous, [
    null,
    `${ORIGIN}${PATH}?page=1&per_page=2`,
    `${ORIGIN}${PATH}?page=2&per_page=2`,
  ]);
});

test("a page that is exactly full has no next, and one behind the end is empty", async () => {
  const { call } = withProjects("a", "b");
  const full = await call(`${PATH}?per_page=2`);
  assert.deepEqual([names(full), (full.body.links as { next: unknown }).next], [["a", "b"], null]);
  assert.deepEqual(names(await call(`${PATH}?page=2&per_page=2`)), []);
});

for (const query of ["page=0", "page=-1", "page=x", "page=", "per_page=0", "per_page=5001", "per_page=1.5"]) {
  test(`the query ${query} is refused in the identity service's form`, async () => {
    const { status, body } = await setup().call(`${PATH}?${query}`);
    const message = `Request parameter ${query.split("=")[0]} is invalid.`;
    assert.equal(status, 400);
    assert.deepEqual(body, { error: { code: 400, message, title: "Bad Request" } });
  });
}

test("a caller can sign", async () => {
  const { sim } = setup();
  const path = `${PATH}?name=cn-north-4&page=1`;
  assert.deepEqual(names(await read(await sim.fetch(path, { headers: await sign(path) }))), ["cn-north-4"]);
});

test("a caller who is not known is 401 in the identity service's form", async () => {
  const { sim } = setup();
  const bad = await sign(PATH, { keys: { accessKey: ACCESS_KEY, secretKey: "wrong" } });
  for (const headers of [{}, { "X-Auth-Token": "stolen" }, bad]) {
    const { status, body, headers: received } = await read(await sim.fetch(PATH, { headers }));
    const message = "The request you have made requires authentication.";
    assert.equal(status, 401);
    assert.deepEqual(body, { error: { code: 401, message, title: "Unauthorized" } });
    assert.ok(received.get("X-IAM-Trace-Id"));
  }
});

test("behind a proxy that logs in, all projects are listed", async () => {
  const sim = createSimulator({ requireToken: false });
  assert.equal(names(await read(await sim.fetch(PATH))).length, 2);
});

test("other methods are the gateway's 405", async () => {
  const answer = await setup().call(PATH, { method: "POST" });
  assert.deepEqual([answer.status, answer.headers.get("Allow")], [405, "GET"]);
});
