// Signatures of requests, SDK-HMAC-SHA256, from the receiver's side. With WebCrypto, which pages have too.

const ALGORITHM = "SDK-HMAC-SHA256";

/** What a signature may cover, as it was received. */
export interface Signed {
  method: string;
  /** Percent-encoded, as in the request line. */
  path: string;
  /** Percent-encoded, without the question mark. */
  query: string;
  /** The value of a header by its lower-case name; `null` where there is none. */
  header: (name: string) => string | null;
  body: Uint8Array<ArrayBuffer>;
}

export interface Authorization {
  accessKey: string;
  /** Lower-case names in order. */
  signedHeaders: readonly string[];
  signature: string;
}

/** Whether the header says that the request is signed, be it well or badly formed. */
export function isSigned(authorization: string): boolean {
  return authorization.startsWith(ALGORITHM);
}

/** Reads the header; `undefined` where a part is missing. */
export function readAuthorization(text: string): Authorization | undefined {
  const form = new RegExp(
    `^${ALGORITHM} +Access=([^\\s,]+), *SignedHeaders=([^\\s,]+), *Signature=([^\\s,]+)$`,
  );
  const [, accessKey, names, signature] = form.exec(text) ?? [];
  if (!accessKey || !names || !signature) return undefined;
  return { accessKey, signedHeaders: names.toLowerCase().split(";").sort(), signature };
}

export async function canonicalRequest(signed: Signed, signedHeaders: readonly string[]): Promise<string> {
  const headers = signedHeaders.map((name) => `${name}:${(signed.header(name) ?? "").trim()}\n`);
  return [
    signed.method,
    canonicalPath(signed.path),
    canonicalQuery(signed.query),
    headers.join(""),
    signedHeaders.join(";"),
    await sha256(signed.body),
  ].join("\n");
}

/** @param date The text of the header `X-Sdk-Date`. */
export async function stringToSign(date: string, canonical: string): Promise<string> {
  return [ALGORITHM, date, await sha256(bytesOf(canonical))].join("\n");
}

export async function signatureOf(text: string, secretKey: string): Promise<string> {
  const algorithm = { name: "HMAC", hash: "SHA-256" };
  const key = await crypto.subtle.importKey("raw", bytesOf(secretKey), algorithm, false, ["sign"]);
  return hex(await crypto.subtle.sign(algorithm, key, bytesOf(text)));
}

/** Epoch milliseconds as in `X-Sdk-Date`: `20191115T033655Z`. */
export function formatDate(ms: number): string {
  return new Date(ms).toISOString().replace(/[-:]|\.\d+/g, "");
}

/** The inverse of `formatDate`; `undefined` for anything else. */
export function readDate(text: string): number | undefined {
  const ms = Date.parse(text.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, "$1-$2-$3T$4:$5:$6Z"));
  // The parser takes other forms too, and moves the 31st of November to December.
  return !Number.isNaN(ms) && formatDate(ms) === text ? ms : undefined;
}

/** Each segment encoded anew, and a slash at the end, which the request line does not have. */
function canonicalPath(path: string): string {
  const encoded = path.split("/").map(reencode).join("/");
  return encoded.endsWith("/") ? encoded : `${encoded}/`;
}

/** By name, then by value; a name without a value gets an empty one. */
function canonicalQuery(query: string): string {
  if (query === "") return "";
  const pairs = query.split("&").map((pair) => {
    const [name = "", ...value] = pair.split("=");
    return { name: reencode(name), value: reencode(value.join("=")) };
  });
  pairs.sort((a, b) => compare(a.name, b.name) || compare(a.value, b.value));
  return pairs.map(({ name, value }) => `${name}=${value}`).join("&");
}

/** Every byte but letters, digits and `-_.~` as `%XX`, whatever was encoded before. */
function reencode(text: string): string {
  return encodeURIComponent(decode(text)).replace(
    /[!'()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function compare(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}

async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  return hex(await crypto.subtle.digest("SHA-256", bytes));
}

function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}

function hex(buffer: ArrayBuffer): string {
  return [...new Uint8Array(buffer)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
