// The README's path from nothing to a disk that is detached, in a browser. `npm run report -- newcomer` runs it.
import assert from "node:assert/strict";
import { after, test } from "node:test";
import { findChromium } from "../../scripts/lib/toolchain.mjs";
import { closeBrowser, outcomeOf } from "../consumers/browser.ts";
import { createCloud } from "../consumers/cloud.ts";
import { startExpress } from "../docs/proxies.ts";
import { DISK_IDS, PROJECT_ID, SERVER_IDS, TOKEN } from "../simulator/index.ts";
import { serve } from "../simulator/serve.ts";
import { buildNewcomersProject } from "./project.ts";

const skip = findChromium().browser || process.env.CI ? false : "there is no Chromium";

after(closeBrowser);

test("who follows the README in an empty Vite project detaches a disk", { skip }, async (t) => {
  const cloud = createCloud();
  const server = await serve(cloud);
  t.after(() => server.close());
  const { dist, remove } = await buildNewcomersProject();
  t.after(remove);
  // The README's proxy serves the page, too: then both have one origin.
  const api = await startExpress(t, {
    upstream: server.url,
    token: TOKEN,
    change: (recipe) =>
      recipe.replace("const app = express();", `$&\napp.use(express.static(${JSON.stringify(dist)}));`),
  });
  const ids = { projectId: PROJECT_ID, serverId: SERVER_IDS.web, volumeId: DISK_IDS.webData };
  const outcome = await outcomeOf(`${new URL("/", api)}?${new URLSearchParams(ids)}`);
  assert.match(outcome, /^detached after \d+ ms$/);
  assert.deepEqual(
    cloud.state.attachments.filter(({ volumeId }) => volumeId === DISK_IDS.webData),
    [],
  );
  assert.equal(cloud.requests.filter(({ method }) => method === "DELETE").length, 1);
});
