// What a real identity service answers to the calls that the package and its callers make; package.test.ts makes them.
import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { logIn } from "./client.ts";
import { type Keystone, REGION, SUB_PROJECT, startKeystone } from "./keystone.ts";

interface Projects {
  projects: { id: string; name: string }[];
  links: { self: string; next: string | null; previous: string | null };
}

let keystone: Keystone;
before(async () => {
  keystone = await startKeystone();
});
after(() => keystone?.stop());

test("a login gives a token for a project, in a header", async () => {
  const { status, headers, body } = await logIn(keystone.call, keystone.member);
  assert.equal(status, 201);
  assert.match(headers.get("X-Subject-Token") ?? "", /^gAAAA[\w-]+$/);
  assert.equal(body.token.project?.id, keystone.projectIds[REGION]);
  assert.match(body.token.expires_at, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.000000Z$/);
});

test("a login with a wrong password gives none", async () => {
  const { status, headers, body } = await logIn(keystone.call, { ...keystone.member, password: "wrong" });
  assert.deepEqual([status, headers.get("X-Subject-Token")], [401, null]);
  assert.deepEqual(body, error(401, "Unauthorized", "The request you have made requires authentication."));
});

test("an ordinary user may list the projects that are open to them", async () => {
  const { status, body } = await list(await memberToken(), "/v3/auth/projects");
  assert.equal(status, 200);
  const projects = [project(REGION), project(SUB_PROJECT)];
  assert.deepEqual(byName(body), { projects, links: links("/v3/auth/projects") });
});

test("that list ignores a name", async () => {
  const { body } = await list(await memberToken(), `/v3/auth/projects?name=${REGION}`);
  assert.deepEqual(names(body), [REGION, SUB_PROJECT]);
});

for (const path of ["/v3/projects", `/v3/projects?name=${REGION}`]) {
  test(`an ordinary user may not call ${path}`, async () => {
    const { status, body } = await keystone.call("GET", path, { token: await memberToken() });
    assert.equal(status, 403);
    const message = "You are not authorized to perform the requested action: identity:list_projects.";
    assert.deepEqual(body, error(403, "Forbidden", message));
  });
}

test("a reader of the account may list its projects", async () => {
  const { status, body } = await list(await readerToken(), "/v3/projects");
  assert.equal(status, 200);
  const projects = [project(REGION), project(SUB_PROJECT)];
  assert.deepEqual(byName(body), { projects, links: links("/v3/projects") });
});

test("a name means the whole name", async () => {
  const path = `/v3/projects?name=${REGION}`;
  const { body } = await list(await readerToken(), path);
  assert.deepEqual(body, { projects: [project(REGION)], links: links(path) });
});

test("no project has the name", async () => {
  const path = "/v3/projects?name=eu-west-101";
  const { status, body } = await list(await readerToken(), path);
  assert.deepEqual([status, body], [200, { projects: [], links: links(path) }]);
});

test("projects of several accounts have the same name", async () => {
  const { body } = await list(keystone.adminToken(), `/v3/projects?name=${REGION}`);
  assert.deepEqual(names(body), [REGION, REGION]);
  assert.equal(new Set(body.projects.map(({ id }) => id)).size, 2);
});

// The vendor's service pages by number. Who counts on it and asks for one page after the other never ends here.
test("a number of a page is ignored: every page is the whole list", async () => {
  const token = await readerToken();
  for (const page of [1, 2, 3]) {
    const { body } = await list(token, `/v3/projects?page=${page}&per_page=1`);
    assert.deepEqual([names(body), body.links.next], [[REGION, SUB_PROJECT], null]);
  }
});

test("a list with a limit leads to its next page", async () => {
  const found: string[] = [];
  for (let path: string | undefined = "/v3/projects?limit=1"; path; ) {
    const { body } = await list(keystone.adminToken(), path);
    found.push(...names(body));
    path = body.links.next?.slice(keystone.url.length);
  }
  assert.deepEqual(found.sort(), ["admin", REGION, REGION, SUB_PROJECT]);
});

test("who has no good token is told so", async () => {
  for (const options of [{}, { token: "unknown" }]) {
    const { status, body } = await keystone.call("GET", "/v3/projects", options);
    assert.equal(status, 401);
    assert.deepEqual(body, error(401, "Unauthorized", "The request you have made requires authentication."));
  }
});

test("a token tells its project", async () => {
  for (const name of [REGION, SUB_PROJECT] as const) {
    const token = await keystone.issueToken({ ...keystone.member, project: name });
    assert.equal(await keystone.verifyToken(token), keystone.projectIds[name]);
  }
});

test("a token for the account is for no project", async () => {
  assert.equal(await keystone.verifyToken(await readerToken()), undefined);
});

test("a token that nobody issued is for no project", async () => {
  assert.equal(await keystone.verifyToken("unknown"), undefined);
});

test("a token that was revoked is for no project any more", async () => {
  const token = await memberToken();
  assert.equal(await keystone.verifyToken(token), keystone.projectIds[REGION]);
  const { status } = await keystone.call("DELETE", "/v3/auth/tokens", { token, subject: token });
  assert.equal(status, 204);
  assert.equal(await keystone.verifyToken(token), undefined);
});

test("an ordinary user may look into the own token and no other", async () => {
  const token = await memberToken();
  const look = (subject: string) => keystone.call("GET", "/v3/auth/tokens", { token, subject });
  assert.equal((await look(token)).status, 200);
  assert.equal((await look(await readerToken())).status, 403);
});

function memberToken(): Promise<string> {
  return keystone.issueToken(keystone.member);
}

function readerToken(): Promise<string> {
  return keystone.issueToken(keystone.reader);
}

function list(token: string, path: string) {
  return keystone.call<Projects>("GET", path, { token });
}

function names({ projects }: Projects): string[] {
  return projects.map(({ name }) => name).sort();
}

/** Keystone promises no order. */
function byName(body: Projects): Projects {
  return { ...body, projects: body.projects.toSorted((a, b) => a.name.localeCompare(b.name)) };
}

function links(path: string) {
  return { self: keystone.url + path, next: null, previous: null };
}

/** A project as Keystone shows it: with more members than the vendor's, and without `next` and `previous`. */
function project(name: typeof REGION | typeof SUB_PROJECT) {
  const id = keystone.projectIds[name];
  return {
    id,
    name,
    domain_id: keystone.domainId,
    parent_id: keystone.domainId,
    description: "",
    enabled: true,
    is_domain: false,
    tags: [],
    options: {},
    links: { self: `${keystone.url}/v3/projects/${id}` },
  };
}

function error(code: number, title: string, message: string) {
  return { error: { code, title, message } };
}
