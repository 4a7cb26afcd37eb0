// What a console developer writes without a package to sign with an access key (SDK-HMAC-SHA256): the measure for signed
// calls. The key is imported once, and what never changes is written out.

const EMPTY_BODY = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";
const HEADERS = "host;x-project-id;x-sdk-date";

const encoder = new TextEncoder();
const digits = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, "0"));

/** @type {Map<string, Promise<CryptoKey>>} */
const keys = new Map();

/** @param {{ endpoint: string, projectId: string, serverId: string, volumeId: string, auth: { accessKey: string, secretKey: string } }} options */
export async function detachVolume({ endpoint, projectId, serverId, volumeId, auth }) {
  const path = `/v1/${projectId}/cloudservers/${serverId}/detachvolume/${volumeId}`;
  const query = "delete_flag=0";
  const date = new Date().toISOString().replace(/[-:]|\.\d+/g, "");
  const headers = `host:${new URL(endpoint).host}\nx-project-id:${projectId}\nx-sdk-date:${date}\n`;
  const request = `DELETE\n${path}/\n${query}\n${headers}\n${HEADERS}\n${EMPTY_BODY}`;
  const hash = hex(await crypto.subtle.digest("SHA-256", encoder.encode(request)));
  const text = encoder.encode(`SDK-HMAC-SHA256\n${date}\n${hash}`);
  const signature = hex(await crypto.subtle.sign("HMAC", await importedKey(auth.secretKey), text));
  const response = await fetch(`${endpoint}${path}?${query}`, {
    method: "DELETE",
    headers: {
      "X-Project-Id": projectId,
      "X-Sdk-Date": date,
      Authorization: `SDK-HMAC-SHA256 Access=${auth.accessKey}, SignedHeaders=${HEADERS}, Signature=${signature}`,
    },
  });
  const body = await response.json();
  if (!response.ok) throw new Error(`${body.error?.code}: ${body.error?.message}`);
  return { jobId: body.job_id };
}

/** @param {string} secretKey */
function importedKey(secretKey) {
  let key = keys.get(secretKey);
  if (!key) {
    const algorithm = { name: "HMAC", hash: "SHA-256" };
    key = crypto.subtle.importKey("raw", encoder.encode(secretKey), algorithm, false, ["sign"]);
    keys.set(secretKey, key);
  }
  return key;
}

/** @param {ArrayBuffer} buffer */
function hex(buffer) {
  let text = "";
  for (const byte of new Uint8Array(buffer)) text += digits[byte];
  return text;
}
