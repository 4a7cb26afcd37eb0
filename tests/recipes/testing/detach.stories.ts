import { cloud, DATA_DISK_ID, type Fault, PROJECT_ID, SERVER_ID } from "ecs-detach-volume/testing";
import { DetachButton } from "./DetachButton.ts";

export default { component: DetachButton };

/** A cloud of its own, whose task one can watch, and which is as new whenever the story is shown. */
function story(...faults: Fault[]) {
  const fetch = cloud({ faults, taskMs: 8000 });
  const ids = { projectId: PROJECT_ID, serverId: SERVER_ID, volumeId: DATA_DISK_ID };
  return { args: { endpoint: "/api/ecs", ...ids, fetch }, beforeEach: () => fetch.reset() };
}

export const Detached = story();
export const Throttled = story("throttle:5");
export const ReplyLost = story("html:502:committed");
export const Offline = story("offline:20");
export const TaskFails = story("job-fails:Ecs.1300");
export const NotAllowed = story("code:Pdp.0001");
