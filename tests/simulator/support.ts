import { createSimulator, DISK_IDS, PROJECT_ID, SERVER_IDS, type SimulatorOptions, TOKEN } from "./index.ts";

export const START = Date.UTC(2026, 0, 1);
export const SERVERS_PATH = `/v1/${PROJECT_ID}/cloudservers`;

export interface CallOptions {
  method?: string;
  headers?: Record<string, string>;
  body?: string;
  signal?: AbortSignal;
}

export interface Answer {
  status: number;
  headers: Headers;
  text: string;
  /** The parsed body; without members where it is not JSON. */
  body: Record<string, unknown>;
}

/** A simulator with a clock that only the test moves, and short ways to call it. */
export function setup(options: SimulatorOptions = {}) {
  let time = START;
  const sim = createSimulator({ now: () => time, ...options });

  async function call(path: string, { method = "GET", headers = {}, ...rest }: CallOptions = {}) {
    const init = {
      method,
      headers: { "X-Auth-Token": TOKEN, ...headers },
      redirect: "manual",
      ...rest,
    } as const;
    return read(await sim.fetch(path, init));
  }

  return {
    sim,
    call,
    advance(ms: number) {
      time += ms;
    },
    detach: (path: string = detachPath(), headers: Record<string, string> = {}) =>
      call(path, { method: "DELETE", headers }),
    job: (id: unknown) => call(`/v1/${PROJECT_ID}/jobs/${id}`),
    isAttached: (volumeId: string = DISK_IDS.webData) =>
      sim.state.attachments.some((found) => found.volumeId === volumeId),
  };
}

export function detachPath(
  volumeId: string = DISK_IDS.webData,
  serverId: string = SERVER_IDS.web,
  query = "?delete_flag=0",
): string {
  return `${SERVERS_PATH}/${serverId}/detachvolume/${volumeId}${query}`;
}

export async function read(response: Response): Promise<Answer> {
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, body: parse(text) };
}

/** The code of an error in any of the shapes that the simulator answers. */
export function errorCode({ body }: Answer): unknown {
  return (body.error as { code?: unknown } | undefined)?.code ?? body.error_code;
}

export function errorMessage({ body }: Answer): unknown {
  return (body.error as { message?: unknown } | undefined)?.message ?? body.error_msg;
}

function parse(text: string): Record<string, unknown> {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return {};
  }
}
