// Credentials from a function of the caller, and the time at which requests are signed.

/** @typedef {(request: { rejected: boolean }) => unknown} AuthFunction */

/** @type {Map<AuthFunction, Promise<unknown>>} Renewals under way. */
const renewals = new Map();

/**
 * Asks for credentials. Calls that need new ones at the same time share them.
 *
 * @param {AuthFunction} auth
 * @param {boolean} rejected Whether the service wants others than those of the last attempt.
 */
export async function ask(auth, rejected) {
  if (!rejected) return copy(await auth({ rejected }));
  let renewal = renewals.get(auth);
  if (!renewal) {
    renewal = (async () => auth({ rejected }))().finally(() => renewals.delete(auth));
    renewals.set(auth, renewal);
  }
  return copy(await renewal);
}

/** What JSON can hold of it, as it is now. @param {unknown} credentials */
function copy(credentials) {
  return JSON.parse(JSON.stringify(credentials) ?? "null");
}

/** How far the clock of the service is ahead, in milliseconds, as far as it has been told. */
let skewMs = 0;

/** The time as it is signed: `20191115T033655Z`. */
export function date() {
  return new Date(Date.now() + skewMs).toISOString().replace(/[-:]|\.\d+/g, "");
}

/** @param {string} serverTime As it is signed, or an HTTP date. */
export function setClock(serverTime) {
  const time = Date.parse(serverTime.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)/, "$1-$2-$3T$4:$5:"));
  if (time) skewMs = time - Date.now();
}
