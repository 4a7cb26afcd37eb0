// A request as its bytes came over the wire.

export interface SentRequest {
  method: string;
  /** As in the request line. */
  path: string;
  /** Without the question mark; empty where there is none. */
  query: string;
  /** As they were sent: in that order, with those letters. */
  headers: readonly (readonly [name: string, value: string])[];
  /** All that follows the headers. */
  body: Buffer;
}

const END_OF_HEAD = "\r\n\r\n";

export function readRequest(bytes: Buffer): SentRequest {
  const end = bytes.indexOf(END_OF_HEAD);
  const [start = "", ...lines] = bytes.subarray(0, Math.max(end, 0)).toString("latin1").split("\r\n");
  const [, method, target] = /^(\S+) (\S+) HTTP\/1\.1$/.exec(start) ?? [];
  if (!method || !target) throw new Error(`no request: ${JSON.stringify(bytes.toString("latin1"))}`);
  const [path = "", query = ""] = target.split("?");
  return {
    method,
    path,
    query,
    headers: lines.map(readHeader),
    body: bytes.subarray(end + END_OF_HEAD.length),
  };
}

/** The value of a header in any case of letters; `undefined` where there is none. */
export function headerOf({ headers }: SentRequest, wanted: string): string | undefined {
  return headers.find(([name]) => name.toLowerCase() === wanted.toLowerCase())?.[1];
}

function readHeader(line: string): [string, string] {
  const colon = line.indexOf(":");
  return [line.slice(0, colon), line.slice(colon + 1).trim()];
}
