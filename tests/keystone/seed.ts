// The accounts and projects that the tests find in Keystone.
import { randomUUID } from "node:crypto";
import { type Call, type Login, must } from "./client.ts";

export const REGION = "cn-north-4";
export const SUB_PROJECT = "cn-north-4_team";
/** The account of the users. In the vendor's cloud a customer's account is a domain, too. */
const DOMAIN = "customer";
/** Another account with a project of the same name, which only the administrator sees. */
const OTHER_DOMAIN = "neighbour";

export interface Seeded {
  domainId: string;
  /** The ids of the account's projects, by their names. */
  projectIds: { [REGION]: string; [SUB_PROJECT]: string };
  /** An ordinary user: works in both projects and has no role in the account. */
  member: Login;
  /** May read the whole account, and nothing in its projects. */
  reader: Login;
}

interface Made {
  id: string;
}

export async function seed(call: Call, token: string): Promise<Seeded> {
  const roles = await listRoles(call, token);
  const domain = await make(call, token, "domain", { name: DOMAIN });
  const region = await make(call, token, "project", { name: REGION, domain_id: domain.id });
  const team = await make(call, token, "project", { name: SUB_PROJECT, domain_id: domain.id });
  const other = await make(call, token, "domain", { name: OTHER_DOMAIN });
  await make(call, token, "project", { name: REGION, domain_id: other.id });

  const member = login("member");
  const { id: memberId } = await makeUser(call, token, domain.id, member);
  for (const project of [region, team]) {
    await must(call, "PUT", `/v3/projects/${project.id}/users/${memberId}/roles/${roles("member")}`, {
      token,
    });
  }
  const reader = login("reader");
  const { id: readerId } = await makeUser(call, token, domain.id, reader);
  await must(call, "PUT", `/v3/domains/${domain.id}/users/${readerId}/roles/${roles("reader")}`, { token });

  const projectIds = { [REGION]: region.id, [SUB_PROJECT]: team.id } as const;
  return { domainId: domain.id, projectIds, member: { ...member, project: REGION }, reader };
}

function login(user: string): Login {
  return { user, password: randomUUID(), domain: DOMAIN };
}

function makeUser(call: Call, token: string, domainId: string, { user, password }: Login): Promise<Made> {
  return make(call, token, "user", { name: user, password, domain_id: domainId });
}

async function make(call: Call, token: string, kind: string, what: object): Promise<Made> {
  const body = await must<Record<string, Made>>(call, "POST", `/v3/${kind}s`, {
    token,
    body: { [kind]: what },
  });
  const made = body[kind];
  if (!made) throw new Error(`no ${kind} in ${JSON.stringify(body)}`);
  return made;
}

async function listRoles(call: Call, token: string): Promise<(name: string) => string> {
  const { roles } = await must<{ roles: { id: string; name: string }[] }>(call, "GET", "/v3/roles", {
    token,
  });
  const ids = new Map(roles.map(({ id, name }) => [name, id]));
  return (name) => {
    const id = ids.get(name);
    if (id === undefined) throw new Error(`Keystone has no role "${name}"`);
    return id;
  };
}
