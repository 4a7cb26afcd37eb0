// The package and the vendor's SDK make the same call at the same address: what they send is compared directly.
import assert from "node:assert/strict";
import { test } from "node:test";
import { type DetachCall, randomCall } from "./calls.ts";
import { exchangeEach } from "./exchange.ts";
import { ours } from "./ours.ts";
import { headerOf, type SentRequest } from "./request.ts";
import { canonicalRequest, checkSignature, readDate } from "./signature.ts";
import { vendor } from "./vendor.ts";

const CALLS_OF_EACH_KIND = 25;
const FLAGS = vendor.flags.filter((flag) => ours.flags.includes(flag));

for (const flag of FLAGS) {
  for (const isTemporary of [false, true]) {
    const keys = isTemporary ? "temporary keys" : "keys";
    test(`the requests with ${keys} and delete_flag=${flag} agree`, async () => {
      for (let count = 0; count < CALLS_OF_EACH_KIND; count += 1) {
        await assertAgreement(randomCall(flag, isTemporary));
      }
    });
  }
}

async function assertAgreement(call: DetachCall): Promise<void> {
  const why = JSON.stringify(call);
  const made = await exchangeEach([vendor, ours], call);
  for (const { outcome, jobIds } of made) assert.deepEqual([outcome], [{ jobId: jobIds[0] }], why);

  const [theirs, own] = made.map(({ sent }) => read(sent, call));
  assert.ok(theirs && own);
  const { signed: signedByVendor, dateMs: vendorMs, ...wanted } = theirs;
  const { signed, dateMs, ...found } = own;
  assert.deepEqual(found, wanted, why);
  // The calls follow each other: a second may begin between them, or a slow machine may take a few.
  assert.ok(dateMs >= vendorMs && dateMs - vendorMs < 60_000, why);
  // What the vendor's SDK signs and the package does not even send.
  const alone = signedByVendor.filter((name) => !signed.includes(name));
  assert.deepEqual(
    [alone, signed],
    [["content-type"], signedByVendor.filter((name) => !alone.includes(name))],
  );
}

/** What must agree, and beside it what cannot. */
function read(sent: SentRequest, { secretKey, securityToken }: DetachCall) {
  const { accessKey, signedHeaders: signed, isValid } = checkSignature(sent, secretKey);
  const { method, path, query, body } = sent;
  const names = ["host", "x-project-id", "x-sdk-date", ...(securityToken ? ["x-security-token"] : [])];
  const date = headerOf(sent, "X-Sdk-Date") ?? "";
  const canonical = canonicalRequest(sent, names).replace(date, "(date)");
  return { method, path, query, body, accessKey, isValid, canonical, signed, dateMs: readDate(date) };
}
