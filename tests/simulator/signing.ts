// A client that signs, for tests. It uses the simulator's own signature.ts, which published vectors check.
import { ACCESS_KEY, type AccessKey, SECRET_KEY } from "./index.ts";
import { canonicalRequest, formatDate, signatureOf, stringToSign } from "./signature.ts";
import { START } from "./support.ts";

export interface SignOptions {
  method?: string;
  keys?: AccessKey;
  /** Epoch milliseconds. */
  date?: number;
  /** Signed as well. */
  headers?: Record<string, string>;
  body?: string;
  /** Signed, and not sent. */
  host?: string;
}

const KEYS: AccessKey = { accessKey: ACCESS_KEY, secretKey: SECRET_KEY };

/** The headers of a signed request. */
export async function sign(
  target: string,
  { method = "GET", keys = KEYS, date = START, headers = {}, body = "", host }: SignOptions = {},
): Promise<Record<string, string>> {
  const url = new URL(target, "http://simulator.localhost");
  const { accessKey, secretKey, securityToken } = keys;
  const token = securityToken === undefined ? {} : { "x-security-token": securityToken };
  const sent: Record<string, string> = { "x-sdk-date": formatDate(date), ...token, ...headers };
  const values: Record<string, string> = { ...sent, host: host ?? url.host };
  const names = Object.keys(values).sort();
  const signed = {
    method,
    path: url.pathname,
    query: url.search.slice(1),
    header: (name: string) => values[name] ?? null,
    body: new TextEncoder().encode(body),
  };
  const text = await stringToSign(values["x-sdk-date"] ?? "", await canonicalRequest(signed, names));
  const signature = await signatureOf(text, secretKey);
  const authorization = `SDK-HMAC-SHA256 Access=${accessKey}, SignedHeaders=${names.join(";")}, Signature=${signature}`;
  return { ...sent, authorization };
}
