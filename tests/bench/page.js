// Runs in the page: times the ways to detach a disk, against a `fetch` that answers at once.

const connection = { endpoint: "https://ecs.example.com", projectId: "0123456789abcdef0123456789abcdef" };
const disk = {
  serverId: "4d8c3732-a248-40ed-bebc-539a6ffd25c0",
  volumeId: "a26887c6-c47b-4654-abb5-dfadf7d3f803",
};

let answer = ["", ""];
let onRequest = (..._request) => {};
globalThis.fetch = async (...request) => {
  onRequest(...request);
  const [type, body] = answer;
  return new Response(body, { headers: { "Content-Type": type } });
};

/** @typedef {{ script: string, answer: string[], auth: object, isLoaded?: boolean }} Way */

/** @param {Way} way */
async function load({ script, auth }) {
  const { connect } = await import(script);
  return connect({ ...connection, auth });
}

/**
 * Milliseconds from the start of the import to the first request, in a page that has loaded nothing before, or that has
 * loaded and started all that it can before a click.
 *
 * @param {Way} way
 */
export async function timeToFirstRequest(way) {
  let first = 0;
  answer = way.answer;
  onRequest = () => {
    first ||= performance.now();
  };
  if (way.isLoaded) {
    const { ready } = await import(way.script);
    await ready?.();
    await nextTask();
  }
  const start = performance.now();
  const detach = await load(way);
  await detach(disk);
  return first - start;
}

/**
 * Microseconds per call of each way, batch by batch.
 *
 * @param {Way[]} ways
 * @param {{ warmUps: number, calls: number }} counts
 * @param {number[][]} orders In which order each batch has the ways.
 */
export async function timePerCall(ways, { warmUps, calls }, orders) {
  onRequest = () => {};
  const detachers = await Promise.all(ways.map(load));
  const times = ways.map(() => []);
  for (const [batch, order] of orders.entries()) {
    for (const index of order) {
      const detach = detachers[index];
      answer = ways[index].answer;
      await nextTask();
      const start = performance.now();
      for (let call = 0; call < calls; call += 1) await detach(disk);
      if (batch >= warmUps) times[index].push(((performance.now() - start) * 1000) / calls);
    }
  }
  return times;
}

/** Lets tasks run that batches have left. Not by a timer: a browser makes each timer of a timer wait 4 ms. */
function nextTask() {
  const { port1, port2 } = new MessageChannel();
  return new Promise((resolve) => {
    port1.onmessage = resolve;
    port2.postMessage(null);
  });
}

/**
 * The requests that one call sends, at a time that stands still.
 *
 * @param {Way} way
 */
export async function requestsOf(way) {
  const { Date: RealDate } = globalThis;
  const now = RealDate.UTC(2026, 0, 1);
  globalThis.Date = class extends RealDate {
    constructor(...args) {
      super(...(args.length ? args : [now]));
    }
    static now = () => now;
  };
  const sent = [];
  answer = way.answer;
  onRequest = (input, init) => {
    const { method, url, headers } = new Request(input, init);
    sent.push({ method, url, headers: Object.fromEntries(headers) });
  };
  const { jobId } = await (await load(way))(disk);
  return { jobId, sent };
}
