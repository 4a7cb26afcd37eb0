// Calling Keystone's API as anybody would.

export interface CallOptions {
  /** Who asks: `X-Auth-Token`. */
  token?: string;
  /** Which token the call is about: `X-Subject-Token`. */
  subject?: string;
  body?: unknown;
}

export interface Answer<Body> {
  status: number;
  headers: Headers;
  body: Body;
}

/** Sends a request to Keystone. The type of the reply is the caller's claim. */
export type Call = <Body = unknown>(
  method: string,
  path: string,
  options?: CallOptions,
) => Promise<Answer<Body>>;

export interface Login {
  user: string;
  password: string;
  /** The name of the user's domain; what a project's name is looked up in, too. */
  domain: string;
  /** The project's name. Without it the token is for the domain, which needs a role there. */
  project?: string;
}

export interface TokenBody {
  token: { expires_at: string; project?: { id: string; name: string }; roles: { name: string }[] };
}

export function callerOf(url: string): Call {
  return async (method, path, { token, subject, body } = {}) => {
    const headers = new Headers();
    if (token !== undefined) headers.set("X-Auth-Token", token);
    if (subject !== undefined) headers.set("X-Subject-Token", subject);
    if (body !== undefined) headers.set("Content-Type", "application/json");
    const reply = await fetch(url + path, {
      method,
      headers,
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    const text = await reply.text();
    return { status: reply.status, headers: reply.headers, body: text === "" ? undefined : JSON.parse(text) };
  };
}

/** Like {@link Call}, for calls that must succeed: gives the body. */
export async function must<Body>(call: Call, ...request: Parameters<Call>): Promise<Body> {
  const { status, body } = await call<Body>(...request);
  if (status < 300) return body;
  throw new Error(`${request[0]} ${request[1]}: ${status} ${JSON.stringify(body)}`);
}

export function logIn(call: Call, { user, password, domain, project }: Login): Promise<Answer<TokenBody>> {
  const owner = { name: domain };
  const identity = { methods: ["password"], password: { user: { name: user, password, domain: owner } } };
  const scope = project === undefined ? { domain: owner } : { project: { name: project, domain: owner } };
  return call("POST", "/v3/auth/tokens?nocatalog=true", { body: { auth: { identity, scope } } });
}
