// What fuzzing begins with: the replies of tests/fixtures, and cases that are hard to come by.
import { readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { filesIn } from "../scripts/lib/files.mjs";
import { root } from "../scripts/lib/run.mjs";

const host = "https://ecs.example.com";
const ids = { projectId: "77b6a44cba5143ab", serverId: "4d8c3732-a248-40ed", volumeId: "70a599e0-31e7-49b7" };

const endpoints = {
  https: "https://ecs.cn-north-4.myhuaweicloud.com/",
  "upper-case": "HTTPS://ECS.Example.COM:443/a/b/",
  underscore: "https://my_proxy:8443",
  "root-path": "/",
  path: "/api/ecs",
  "path-characters": "/a!$&()*+,;=:~-._/...",
  localhost: "http://app.localhost:8080/ecs",
  ipv4: "http://127.0.0.1:80",
  "ipv4-like": "http://127.0.0.1.example.com",
  "ipv4-short": "https://127.1",
  "ipv4-hex": "https://a.0x7f",
  ipv6: "http://[::1]:3000/",
  "other-origin": "//other.example/x",
  "user-info": "https://user:pw@host",
  query: "https://host/?a=1#b",
  "relative-path": "/../%2e%2e/\\x",
};

const options = {
  plain: { endpoint: "/api/ecs", ...ids },
  full: {
    endpoint: `${host}:8443/base/`,
    ...ids,
    force: true,
    auth: { token: "MIIabc123" },
    headers: [
      ["X-Csrf", "abc def"],
      ["Accept", "application/json"],
    ],
    credentials: "include",
    language: "zh-cn",
    attemptTimeoutMs: 1000,
    timeoutMs: 5000,
    retry: { maxAttempts: 3, baseDelayMs: 100, maxDelayMs: 1000 },
  },
  "retry-off": { endpoint: host, ...ids, force: false, retry: false, language: "en-us" },
  "headers-reserved": {
    endpoint: "/",
    ...ids,
    headers: [
      ["x-auth-token", "a"],
      ["sec-a", "b"],
      ["proxy-a", "c"],
    ],
  },
  "headers-twice": {
    endpoint: "/",
    ...ids,
    headers: [
      ["X-A", "a"],
      ["x-a", "b"],
    ],
  },
  function: { endpoint: "/", ...ids, auth: { typeof: "function" } },
  keys: { endpoint: host, ...ids, auth: { accessKey: "a", secretKey: "b", securityToken: "c" } },
  "wire-name": { endpoint: "/", ...ids, delete_flag: "1" },
  "relative-id": { endpoint: "/", ...ids, volumeId: ".." },
  "wrong-types": { endpoint: 1, ...ids, auth: { typeof: "symbol" }, headers: null },
};

/** A reply as the target `reply` reads it. */
function replyOf({ status, headers = {}, body = "", end = "complete" }) {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return `${[`${status} ${end}`, ...lines].join("\n")}\n\n${body}`;
}

function replies() {
  const fixtures = filesIn("tests/fixtures/wire", ".json").map((file) => [
    basename(file, ".json"),
    JSON.parse(readFileSync(join(root, file), "utf8")),
  ]);
  const nested = (depth) => "[".repeat(depth) + "]".repeat(depth);
  const dates = { date: "Thu, 31 Dec 2026 23:59:58 GMT", "retry-after": "Fri, 01 Jan 2027 00:00:03 GMT" };
  const more = {
    "nested-64": { status: 200, body: nested(64) },
    "nested-65": { status: 200, body: nested(65) },
    escapes: {
      status: 200,
      body: '{"\\ud83d\\ude00\\ud83d":["\\u00e9\\n\\"\\\\\\/",-1.5e+3,0,1E9,true,null]}',
    },
    "retry-after-seconds": { status: 429, headers: { "retry-after": "7" } },
    "retry-after-date": { status: 429, headers: dates },
    "retry-after-beyond-2136": {
      status: 429,
      headers: { ...dates, "retry-after": "Mon, 07 Feb 2163 06:28:19 GMT" },
    },
  };
  return Object.fromEntries([...fixtures, ...Object.entries(more)].map(([name, r]) => [name, replyOf(r)]));
}

function documents() {
  const vectors = JSON.parse(readFileSync(join(root, "tests/fixtures/json/vectors.json"), "utf8"));
  return Object.fromEntries(vectors.map(({ text }, index) => [`vector-${index}`, text]));
}

/** By target: what each begins with, by a name. */
export const seeds = {
  json: documents,
  reply: replies,
  options: () => Object.fromEntries(Object.entries(options).map(([name, o]) => [name, JSON.stringify(o)])),
  endpoint: () => endpoints,
};
