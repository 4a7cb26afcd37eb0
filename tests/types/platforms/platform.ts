// What a platform gives is taken as it is, without a cast. Compiled, never run.
import { type DetachVolumeOptions, detachVolume } from "ecs-detach-volume";
import { cloud } from "ecs-detach-volume/testing";

const required = { projectId: "p", serverId: "s", volumeId: "v" };

declare const login: () => Promise<string>;

/** As an application wraps `fetch`. */
const wrapped: typeof globalThis.fetch = async (input, init) => {
  const headers = new Headers(init?.headers);
  headers.set("X-CSRF-Token", await login());
  return fetch(input, { ...init, headers });
};

/** As clients of their own are called. */
async function client(url: string, init: RequestInit): Promise<Response> {
  return fetch(new Request(url, init));
}

function careful(url: string, init?: RequestInit): Promise<Response> {
  return init?.signal?.aborted ? Promise.reject(init.signal.reason) : fetch(url, init);
}

export const options: DetachVolumeOptions[] = [
  { ...required, endpoint: new URL("https://ecs.cn-north-4.myhuaweicloud.com"), fetch },
  { ...required, endpoint: "/api/ecs", fetch: globalThis.fetch, signal: AbortSignal.timeout(1) },
  { ...required, endpoint: "/api/ecs", fetch: wrapped, signal: new AbortController().signal },
  { ...required, endpoint: "/api/ecs", fetch: client },
  { ...required, endpoint: "/api/ecs", fetch: careful },
  { ...required, endpoint: "/api/ecs", fetch: (url, init) => fetch(url, { ...init, keepalive: true }) },
  { ...required, endpoint: "/api/ecs", fetch: async () => new Response("{}") },
];

/** Where all of an application goes through `fetch`. */
export const simulated: typeof globalThis.fetch = cloud();

export async function answered(): Promise<Response> {
  const get: RequestInit = { method: "GET" };
  return (await cloud()(new URL("https://host/v1"), get)).clone();
}

// @ts-expect-error: the text of a reply is not a reply
detachVolume({ ...required, endpoint: "/api/ecs", fetch: (url) => fetch(url).then((reply) => reply.text()) });
