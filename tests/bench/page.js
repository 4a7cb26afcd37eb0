// Runs in the page: times one of the two ways to detach a disk, against a `fetch` that answers at once.

const options = {
  endpoint: "https://ecs.example.com",
  projectId: "0123456789abcdef0123456789abcdef",
  serverId: "4d8c3732-a248-40ed-bebc-539a6ffd25c0",
  volumeId: "a26887c6-c47b-4654-abb5-dfadf7d3f803",
  auth: { token: "token-of-the-benchmark" },
};
const answer = async () => new Response('{"job_id":"ff80808288d41e1b018990260955686a"}');

/** Milliseconds from the start of the import to the first request, in a page that has loaded nothing before. */
export async function timeToFirstRequest(url) {
  const start = performance.now();
  const { detachVolume } = await import(url);
  let first = 0;
  await detachVolume({
    ...options,
    fetch: () => {
      first ||= performance.now();
      return answer();
    },
  });
  return first - start;
}

/** Microseconds per call: for each way the median of many batches, taken in turns. */
export async function timePerCall(urls, batches, callsPerBatch) {
  const ways = await Promise.all(urls.map(async (url) => (await import(url)).detachVolume));
  const times = ways.map(() => []);
  for (let batch = 0; batch < batches; batch += 1) {
    for (const [way, detachVolume] of ways.entries()) {
      const start = performance.now();
      for (let call = 0; call < callsPerBatch; call += 1) await detachVolume({ ...options, fetch: answer });
      times[way].push(((performance.now() - start) * 1000) / callsPerBatch);
    }
  }
  return times.map((list) => list.sort((a, b) => a - b)[Math.floor(list.length / 2)]);
}
