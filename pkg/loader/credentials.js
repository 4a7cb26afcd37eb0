// Credentials from a function of the caller, and the time at which requests are signed.

/** @typedef {(request: { rejected: boolean }) => unknown} AuthFunction */

/** @type {Map<AuthFunction, Promise<unknown>>} Renewals under way. */
const renewals = new Map();

/**
 * Asks for credentials. Calls that need new ones at the same time share them.
 *
 * @param {AuthFunction} auth
 * @param {boolean} rejected Whether the service wants others than those of the last attempt.
 * @param {AbortSignal} end Fires when the exchange that asks is over: nobody joins a renewal that began in it after that.
 */
export function ask(auth, rejected, end) {
  if (!rejected) return auth({ rejected });
  const shared = renewals.get(auth);
  if (shared) return shared;
  const renewal = (async () => auth({ rejected }))().finally(forget);
  renewals.set(auth, renewal);
  end.addEventListener("abort", forget);
  return renewal;

  function forget() {
    if (renewals.get(auth) === renewal) renewals.delete(auth);
  }
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
