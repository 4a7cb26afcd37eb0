import assert from "node:assert/strict";
import { test } from "node:test";
import { type Attachment, type Disk, defaultSeed, PROJECT_ID, type Seed, type Server } from "./index.ts";
import { detachPath, setup } from "./support.ts";

const SERVERS = 1000;
const DISKS_EACH = 10;
const DEVICES = "bcdefghijk";

const serverId = (server: number) => `5e000000-0000-4000-8000-${String(server).padStart(12, "0")}`;
const volumeId = (server: number, disk: number) =>
  `d15c0000-0000-4000-8000-${String(server * DISKS_EACH + disk).padStart(12, "0")}`;

function bigSeed(): Seed {
  const servers: Server[] = [];
  const disks: Disk[] = [];
  const attachments: Omit<Attachment, "attachmentId">[] = [];
  for (let server = 0; server < SERVERS; server += 1) {
    const name = `server-${server}`;
    servers.push({ id: serverId(server), projectId: PROJECT_ID, name, status: "ACTIVE", locked: false });
    for (let disk = 0; disk < DISKS_EACH; disk += 1) {
      const id = volumeId(server, disk);
      const rest = { sizeGiB: 10, bus: "virtio", bootable: false, frozen: false } as const;
      disks.push({ id, projectId: PROJECT_ID, name: `${name}-${disk}`, ...rest });
      const device = `/dev/vd${DEVICES[disk]}`;
      attachments.push({ serverId: serverId(server), volumeId: id, device, pciAddress: "", bootIndex: -1 });
    }
  }
  return { ...defaultSeed(), servers, disks, attachments };
}

test("10,000 disks of 1,000 servers are detached without the simulator growing slow", async () => {
  const { sim, detach, job, advance } = setup({ seed: bigSeed() });
  const started = performance.now();
  for (let disk = 0; disk < DISKS_EACH; disk += 1) {
    const ids: unknown[] = [];
    for (let server = 0; server < SERVERS; server += 1) {
      // The clock goes on with every request, so that no two jobs end at the same time.
      advance(1);
      ids.push((await detach(detachPath(volumeId(server, disk), serverId(server)))).body.job_id);
    }
    advance(2000);
    for (const id of ids) {
      advance(1);
      assert.equal((await job(id)).body.status, "SUCCESS");
    }
  }
  assert.deepEqual([sim.state.attachments.length, sim.requests.length], [0, 1000]);
  // It takes two or three.
  assert.ok(performance.now() - started < 20_000, "more than 20 seconds");
});
