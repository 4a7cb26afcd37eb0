import type { Cloud, KeyOwner } from "./cloud.ts";
import {
  type Authorization,
  canonicalRequest,
  formatDate,
  isSigned,
  readAuthorization,
  readDate,
  type Signed,
  signatureOf,
  stringToSign,
} from "./signature.ts";

/** How far a signature's date may be from the server's clock, either way. */
const TOLERANCE_MS = 15 * 60 * 1000;

/** Answers the id of the project that a token is for, or `undefined` for a token that is not good. */
export type VerifyToken = (token: string) => Promise<string | undefined>;

export interface Received {
  request: Request;
  body: Uint8Array<ArrayBuffer>;
  /** The server's clock, in epoch milliseconds. */
  serverMs: number;
}

export interface Caller {
  projectId: string;
  /** The project that a signed request says it is for, where it says so. */
  claimedProjectId?: string | null;
}

/** Who sent a request, or the gateway's words why that is not known. */
export async function identify(
  cloud: Cloud,
  verifyToken: VerifyToken,
  received: Received,
): Promise<Caller | string> {
  const { headers } = received.request;
  const authorization = headers.get("Authorization") ?? "";
  if (isSigned(authorization)) return identifySigner(cloud, received, authorization);

  const token = headers.get("X-Auth-Token");
  if (!token) return "x-auth-token not found";
  const projectId = await verifyToken(token);
  return projectId === undefined ? "decrypt token fail" : { projectId };
}

async function identifySigner(cloud: Cloud, received: Received, text: string): Promise<Caller | string> {
  const { headers } = received.request;
  const authorization = readAuthorization(text);
  if (!authorization) return "Access or Credential is empty in Authorization";
  const { accessKey, signedHeaders } = authorization;
  const refusal = refuseDate(headers.get("X-Sdk-Date"), signedHeaders, received.serverMs);
  if (refusal) return refusal;

  const owner = cloud.ownerOfKey(accessKey);
  if (!owner) return `ak ${accessKey} not exist`;
  if (headers.get("X-Security-Token") !== (owner.key.securityToken ?? null)) return "decrypt token fail";
  return verify(received, authorization, owner);
}

/** The texts about a missing date are not the service's own, which are not published. */
function refuseDate(
  date: string | null,
  signedHeaders: readonly string[],
  serverMs: number,
): string | undefined {
  if (date === null) return "x-sdk-date not found";
  if (!signedHeaders.includes("x-sdk-date")) return "x-sdk-date is not signed";
  const ms = readDate(date);
  if (ms !== undefined && Math.abs(ms - serverMs) <= TOLERANCE_MS) return undefined;
  return `signature expired, signature time:${date},server time:${formatDate(serverMs)}`;
}

async function verify(
  { request, body }: Received,
  { signedHeaders, signature }: Authorization,
  { project, key }: KeyOwner,
): Promise<Caller | string> {
  const { pathname, search, host } = new URL(request.url);
  const signed: Signed = {
    method: request.method,
    path: pathname,
    query: search.slice(1),
    // No wire, no such header: then it is what a client would send.
    header: (name) => request.headers.get(name) ?? (name === "host" ? host : null),
    body,
  };
  const canonical = await canonicalRequest(signed, signedHeaders);
  const date = request.headers.get("X-Sdk-Date") ?? "";
  if (signature !== (await signatureOf(await stringToSign(date, canonical), key.secretKey))) {
    return `verify aksk signature fail, canonicalRequest:${canonical.split("\n").join("|")}`;
  }
  return { projectId: project.id, claimedProjectId: request.headers.get("X-Project-Id") };
}
