// What can go wrong in front of the service, and what callers must learn of it.
import type { EcsErrorKind } from "ecs-detach-volume";
import type { Setting } from "./gateway.ts";
import { brokenOff, brokenOffChunk, longHead, noHttp, nothing } from "./upstreams.ts";

export interface GatewayFault extends Setting {
  /** Begins a sentence. */
  name: string;
  /** `null` where the call succeeds. */
  kind: EcsErrorKind | null;
  status?: number;
  mayHaveStarted?: boolean;
  /** How many requests the package sends; 1 by default. */
  sent?: number;
  /** How many DELETEs reach the service. */
  reached: 0 | 1;
  hasStarted?: boolean;
  /** The reply is a page of nginx's. */
  isPage?: boolean;
}

const GZIP = "gzip on; gzip_types application/json; gzip_min_length 0; gzip_proxied any;";
const ONE_PER_MINUTE = "limit_req_zone $server_port zone=calls:64k rate=1r/m;";
/** As long as a header value of the package can be. */
const LONG_VALUE = "x".repeat(8_192);

/** Nothing goes wrong with the call itself. */
const PASSED_ON: readonly GatewayFault[] = [
  { name: "nothing goes wrong", kind: null, reached: 1, hasStarted: true },
  { name: "the reply is compressed", server: GZIP, kind: null, reached: 1, hasStarted: true },
  {
    name: "the service's error is compressed",
    server: GZIP,
    // nginx compresses replies with 200, 403 and 404 only.
    fault: "code:Ecs.0003",
    kind: "forbidden",
    status: 403,
    mayHaveStarted: false,
    reached: 1,
  },
];

/** nginx reaches no service, or gets no good reply of it. */
const UPSTREAM: readonly GatewayFault[] = [
  {
    name: "the service is down",
    upstream: nothing,
    ...page("api", 502, true),
    reached: 0,
  },
  {
    name: "the service does not answer in time",
    server: "proxy_read_timeout 500ms;",
    fault: "hang",
    ...page("api", 504, true),
    reached: 1,
  },
  {
    name: "the service accepts and does not answer in time",
    server: "proxy_read_timeout 500ms;",
    fault: "hang:committed",
    ...page("api", 504, true),
    reached: 1,
    hasStarted: true,
  },
  {
    name: "the connection to the service breaks before it acts",
    fault: "drop-before",
    ...page("api", 502, true),
    reached: 1,
  },
  {
    name: "the connection to the service breaks after it has acted",
    fault: "drop-after",
    ...page("api", 502, true),
    reached: 1,
    hasStarted: true,
  },
  {
    name: "the head of the reply is too long for nginx",
    upstream: longHead,
    ...page("api", 502, true),
    reached: 1,
    hasStarted: true,
  },
  {
    name: "the reply is another protocol's",
    upstream: noHttp,
    kind: "network",
    mayHaveStarted: true,
    reached: 1,
    hasStarted: true,
  },
  {
    name: "the reply breaks off in the middle",
    upstream: brokenOff,
    kind: "decode",
    status: 200,
    mayHaveStarted: true,
    reached: 1,
    hasStarted: true,
  },
  {
    name: "the reply in chunks breaks off in the middle",
    upstream: brokenOffChunk,
    kind: "decode",
    status: 200,
    mayHaveStarted: true,
    reached: 1,
    hasStarted: true,
  },
  {
    name: "the service's error breaks off in the middle",
    upstream: brokenOff,
    fault: "code:Ecs.0100",
    kind: "api",
    status: 400,
    mayHaveStarted: true,
    reached: 1,
  },
  {
    name: "the service redirects to another address",
    fault: "redirect:/login",
    kind: "network",
    mayHaveStarted: true,
    reached: 1,
  },
];

/** nginx answers by itself and passes nothing on. */
const REFUSED: readonly GatewayFault[] = [
  { name: "nobody is logged in", isLoggedIn: false, ...page("auth", 401, false), reached: 0 },
  {
    name: "the login service refuses",
    session: "return 403;",
    ...page("forbidden", 403, false),
    reached: 0,
  },
  {
    name: "the login service is down",
    session: "proxy_pass http://unix:/nonexistent.sock:/;",
    ...page("api", 500, true),
    reached: 0,
  },
  {
    name: "nginx redirects to a login page",
    server: "error_page 401 = @login; location @login { return 302 /login; }",
    isLoggedIn: false,
    kind: "network",
    mayHaveStarted: true,
    reached: 0,
  },
  { name: "the CSRF header is missing", headers: {}, ...page("forbidden", 403, false), reached: 0 },
  {
    name: "the path has no location",
    server: "location / { return 404; }",
    path: "/elsewhere",
    ...page("not-found", 404, false),
    reached: 0,
  },
  {
    name: "the path is that of static files",
    path: "/elsewhere",
    ...page("api", 405, false),
    reached: 0,
  },
  {
    name: "every unknown path shows the console's start page",
    server: 'location / { default_type text/html; return 200 "<!doctype html><title>Console</title>"; }',
    path: "/elsewhere",
    kind: "decode",
    status: 200,
    mayHaveStarted: true,
    reached: 0,
  },
  {
    name: "the request's headers are too long for nginx",
    headers: { "X-CSRF": "1", "X-Long": LONG_VALUE },
    ...page("api", 400, false),
    reached: 0,
  },
  {
    name: "the base path is too long for nginx",
    server: "large_client_header_buffers 4 1k;",
    path: `/api/ecs/${"x".repeat(1_500)}`,
    ...page("api", 414, false),
    reached: 0,
  },
  {
    name: "nginx limits the calls, with status 429",
    http: ONE_PER_MINUTE,
    server: "limit_req zone=calls; limit_req_status 429;",
    isSecondCall: true,
    ...page("throttled", 429, false),
    sent: 4,
    reached: 0,
  },
  {
    name: "nginx limits the calls, with its default status",
    http: ONE_PER_MINUTE,
    server: "limit_req zone=calls;",
    isSecondCall: true,
    ...page("api", 503, true),
    reached: 0,
  },
  {
    name: "nginx closes the connection without a reply",
    server: "location / { return 444; }",
    path: "/elsewhere",
    kind: "network",
    mayHaveStarted: true,
    reached: 0,
  },
  {
    name: "nginx is down",
    isGatewayDown: true,
    upstream: nothing,
    kind: "network",
    mayHaveStarted: true,
    reached: 0,
  },
];

export const GATEWAY_FAULTS: readonly GatewayFault[] = [...PASSED_ON, ...UPSTREAM, ...REFUSED];

function page(kind: EcsErrorKind, status: number, mayHaveStarted: boolean) {
  return { kind, status, mayHaveStarted, isPage: true };
}
