// Checks a signature from nothing but the request that was sent, with Node's own crypto. It shares no code with the
// package or the simulator, so that none of them can be wrong unnoticed.
import { createHash, createHmac } from "node:crypto";
import { headerOf, type SentRequest } from "./request.ts";

export interface Signature {
  accessKey: string;
  signedHeaders: readonly string[];
  isValid: boolean;
}

/** What is said in the header `Authorization`, and whether it holds with this key. */
export function checkSignature(request: SentRequest, secretKey: string): Signature {
  const authorization = headerOf(request, "Authorization") ?? "";
  const form = /^SDK-HMAC-SHA256 Access=(\w+), SignedHeaders=([\w;-]+), Signature=([0-9a-f]{64})$/;
  const [, accessKey, names, signature] = form.exec(authorization) ?? [];
  if (!accessKey || !names) throw new Error(`not signed: ${authorization}`);
  const signedHeaders = names.split(";");
  const canonical = canonicalRequest(request, signedHeaders);
  const text = `SDK-HMAC-SHA256\n${headerOf(request, "X-Sdk-Date")}\n${sha256(canonical)}`;
  const expected = createHmac("sha256", secretKey).update(text).digest("hex");
  return { accessKey, signedHeaders, isValid: signature === expected };
}

/** @param names Lower-case names of headers, in the order in which they are signed. */
export function canonicalRequest(request: SentRequest, names: readonly string[]): string {
  const { method, path, query, body } = request;
  const headers = names.map((name) => `${name}:${headerOf(request, name)}\n`).join("");
  return [method, canonicalPath(path), canonicalQuery(query), headers, names.join(";"), sha256(body)].join(
    "\n",
  );
}

/** The value of `X-Sdk-Date`, in epoch milliseconds; `NaN` for another form. */
export function readDate(text: string): number {
  return Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
}

function canonicalPath(path: string): string {
  const encoded = path.split("/").map(encode).join("/");
  return encoded.endsWith("/") ? encoded : `${encoded}/`;
}

/** By name, then by value. No name or value can hold the line break that stands between them while they are sorted. */
function canonicalQuery(query: string): string {
  const pairs = query.split("&").filter((pair) => pair !== "");
  return pairs
    .map((pair) => /^([^=]*)=?(.*)$/.exec(pair)?.slice(1).map(encode).join("\n") ?? "")
    .sort()
    .map((pair) => pair.replace("\n", "="))
    .join("&");
}

function encode(text: string): string {
  const bytes = Buffer.from(decodeURIComponent(text));
  return Array.from(bytes, (byte) => {
    const sign = String.fromCharCode(byte);
    return /[\w.~-]/.test(sign) ? sign : `%${byte.toString(16).padStart(2, "0").toUpperCase()}`;
  }).join("");
}

function sha256(data: string | Buffer): string {
  return createHash("sha256").update(data).digest("hex");
}
