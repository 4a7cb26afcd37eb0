// A simulated cloud whose tokens a real identity service issues and checks.
import {
  createSimulator,
  defaultSeed,
  OTHER_PROJECT_ID,
  PROJECT_ID,
  type Simulator,
} from "../simulator/index.ts";
import { type Keystone, REGION, SUB_PROJECT } from "./keystone.ts";

/**
 * The servers and disks of the default seed; its projects have the ids and names that they have in Keystone. A task
 * has ended when it is first asked for.
 */
export function cloudOf({ domainId, projectIds, verifyToken }: Keystone): Simulator {
  const { servers, disks, attachments } = defaultSeed();
  const ids = new Map([
    [PROJECT_ID, projectIds[REGION]],
    [OTHER_PROJECT_ID, projectIds[SUB_PROJECT]],
  ]);
  const moved = <Thing extends { projectId: string }>(thing: Thing): Thing => ({
    ...thing,
    projectId: ids.get(thing.projectId) ?? thing.projectId,
  });
  const project = (name: keyof typeof projectIds) => {
    return { id: projectIds[name], domainId, name, tokens: [], accessKeys: [] };
  };
  const seed = {
    projects: [project(REGION), project(SUB_PROJECT)],
    servers: servers.map(moved),
    disks: disks.map(moved),
    attachments,
  };
  return createSimulator({ seed, verifyToken, jobDurationMs: 0 });
}
