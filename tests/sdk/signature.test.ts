// The check that the comparison rests on, against signatures that the vendor has published.
import assert from "node:assert/strict";
import { test } from "node:test";
import { readRequest } from "./request.ts";
import { checkSignature } from "./signature.ts";

/** Key and request of the page "AK/SK signing algorithm" in the documentation. The key opens nothing. */
const SECRET_KEY = "MFyfvK41ba2giqM7Uio6PznpdUKGpownRZlmVmHc";
const DOCUMENTED = request(
  "GET /v1/77b6a44cba5143ab91d13ab9a8ff44fd/vpcs?limit=2&marker=13551d6b-755d-4757-b956-536f674975c0",
  {
    "Content-Type": "application/json",
    Host: "service.region.example.com",
    "X-Sdk-Date": "20191115T033655Z",
    Authorization: `SDK-HMAC-SHA256 Access=QTWAOYTTINDUT2QVKYUC, SignedHeaders=content-type;host;x-sdk-date, Signature=7be6668032f70418fcc22abc52071e57aff61b84a1d2381bb430d6870f4f6ebe`,
  },
);

test("the signature in the documentation is valid", () => {
  assert.deepEqual(checkSignature(readRequest(Buffer.from(DOCUMENTED)), SECRET_KEY), {
    accessKey: "QTWAOYTTINDUT2QVKYUC",
    signedHeaders: ["content-type", "host", "x-sdk-date"],
    isValid: true,
  });
});

test("the signature in the tests of the vendor's SDK for Go is valid, body included", () => {
  const head = request("POST /path?key=value", {
    "X-Sdk-Date": "20060102T150405Z",
    Authorization: `SDK-HMAC-SHA256 Access=AccessKey, SignedHeaders=x-sdk-date, Signature=cecc2af119b18ab70b4d094c0750f3b42c02f254903179a0fc2cc72fc9db4f59`,
  });
  const sent = readRequest(Buffer.from(`${head}{"Name":"test","Id":1}\n`));
  assert.equal(checkSignature(sent, "SecretKey").isValid, true);
});

const CHANGES: Record<string, (text: string) => string> = {
  method: (text) => text.replace("GET", "PUT"),
  path: (text) => text.replace("/vpcs", "/vpc"),
  query: (text) => text.replace("limit=2", "limit=3"),
  host: (text) => text.replace("service.region", "service.other"),
  date: (text) => text.replace("T033655Z", "T033656Z"),
  "list of signed headers": (text) => text.replace("SignedHeaders=content-type;", "SignedHeaders="),
  body: (text) => `${text} `,
};

for (const [name, change] of Object.entries(CHANGES)) {
  test(`no signature is valid for another ${name}`, () => {
    const sent = readRequest(Buffer.from(change(DOCUMENTED)));
    assert.equal(checkSignature(sent, SECRET_KEY).isValid, false);
  });
}

test("no signature is valid with another key", () => {
  const sent = readRequest(Buffer.from(DOCUMENTED));
  assert.equal(checkSignature(sent, SECRET_KEY.toLowerCase()).isValid, false);
});

test("the order of parameters does not matter, and neither does needless encoding", () => {
  const text = DOCUMENTED.replace(/limit=2&(marker=\S+)/, "$1&%6cimit=%32");
  assert.equal(checkSignature(readRequest(Buffer.from(text)), SECRET_KEY).isValid, true);
});

function request(start: string, headers: Record<string, string>): string {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`${start} HTTP/1.1`, ...lines, "", ""].join("\r\n");
}
