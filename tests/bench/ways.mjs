// The ways to detach a disk that are compared. Those with an access key sign each request; the others send a token.

const json = ["application/json", '{"job_id":"ff80808288d41e1b018990260955686a"}'];
const xml = [
  "text/xml",
  "<DetachVolumeResponse><requestId>r</requestId><status>detaching</status></DetachVolumeResponse>",
];

/**
 * `file`: in `ways`, if it is not named as the way; `packages`: what it is made of; `answer`: what the stand-in for `fetch`
 * gives it; `isLoaded`: what the page can do before the click is done before the clock starts.
 */
export const ways = {
  fetch: { title: "hand-written `fetch`", answer: json },
  ours: { title: "this package", answer: json },
  preloaded: { title: "this package, after `preload()`", isLoaded: true, answer: json },
  fetchLoaded: { title: "hand-written `fetch`, loaded before", file: "fetch", isLoaded: true, answer: json },
  asm: { title: "this package, without WebAssembly", answer: json },
  ky: { title: "ky", packages: ["ky"], answer: json },
  azure: { title: "Azure's SDK", packages: ["@azure/arm-compute"], answer: json },
  webcrypto: { title: "hand-written WebCrypto", isSigned: true, answer: json },
  oursSigned: { title: "this package, signing", file: "ours", isSigned: true, answer: json },
  aws: { title: "AWS's SDK", packages: ["@aws-sdk/client-ec2"], isSigned: true, answer: xml },
  huawei: {
    title: "Huawei's SDK",
    packages: ["@huaweicloud/huaweicloud-sdk-ecs", "@huaweicloud/huaweicloud-sdk-core"],
    needsNode: true,
    isSigned: true,
    answer: json,
  },
};

/** Those whose every call is timed, not the first alone. */
export const callWays = Object.keys(ways).filter((name) => !ways[name].isLoaded);

/** Of the package itself, and of what else is alike: the first beside the second. */
export const comparisons = [
  ["oursSigned", "ours"],
  ["asm", "ours"],
  ["preloaded", "fetchLoaded"],
];

/** What the page is told of a way. */
export function forPage(name) {
  const { file = name, answer, isSigned, isLoaded } = ways[name];
  const auth = isSigned
    ? { accessKey: "ACCESSKEYOFTHEBENCHMARK", secretKey: "secret-key-of-the-benchmark" }
    : { token: "token-of-the-benchmark" };
  return { script: `/${file}.js`, answer, auth, isLoaded };
}
