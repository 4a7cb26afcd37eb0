// What every platform can write, also one without a library for `fetch`, `AbortSignal` and `URL`. Compiled, never run.
import { type AbortSignalLike, type Connection, detachVolume, type FetchReply } from "ecs-detach-volume";
import { describeError } from "ecs-detach-volume/messages";
import { describeError as inEnglish } from "ecs-detach-volume/messages/en";
import { describeError as inChinese } from "ecs-detach-volume/messages/zh-cn";
import { cloud } from "ecs-detach-volume/testing";

const required = { endpoint: "/api/ecs", projectId: "p", serverId: "s", volumeId: "v" };

declare const signal: AbortSignalLike;
declare const request: (
  url: string,
) => Promise<{ status: number; data: string; headers: Map<string, string> }>;

/** As a client like axios is put in place of `fetch`. */
async function ask(url: string): Promise<FetchReply> {
  const { status, data, headers } = await request(url);
  return { status, headers, text: async () => data };
}

const connection: Connection = {
  endpoint: { href: "https://ecs.cn-north-4.myhuaweicloud.com", toJSON: () => "" },
  projectId: "p",
  credentials: "include",
  signal,
  fetch: ask,
};

export const accepted = [
  detachVolume({ ...required, ...connection }),
  detachVolume({ ...required, fetch: cloud() }),
  detachVolume({ ...required, fetch: async (url, init) => ask(`${url} ${init.method}`) }),
  detachVolume({ ...required, credentials: undefined, signal: undefined, fetch: undefined }),
];

export const titles = [describeError, inEnglish, inChinese].map((describe) => describe(null).title);

// @ts-expect-error: one of three
detachVolume({ ...required, credentials: "always" });
// @ts-expect-error: a reply has a status and headers
detachVolume({ ...required, fetch: async () => ({ status: 200 }) });
// @ts-expect-error: a signal tells when it fires
detachVolume({ ...required, signal: { aborted: false } });
// @ts-expect-error: an address
detachVolume({ ...required, endpoint: { host: "localhost" } });
