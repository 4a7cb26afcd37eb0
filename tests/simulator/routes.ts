import { type Caller, identify, type VerifyToken } from "./callers.ts";
import { refuseAttach, refuseDetach } from "./checks.ts";
import { type Cloud, isFinal } from "./cloud.ts";
import { lose } from "./faults.ts";
import { projectList, unidentified } from "./projects.ts";
import { ecsError, gatewayReply, gatewayStatusReply, htmlPage, json, nested } from "./replies.ts";
import { createRouter, type Methods, type Routed, type Router } from "./router.ts";
import type { Job, JobPlan, Language, Server } from "./types.ts";
import { attachmentListView, attachmentView, diskView, jobView, serverView } from "./views.ts";

/** What came in, and how the service is to take it. */
export interface Received {
  request: Request;
  body: string;
  /** The body as it was received, which is what signatures cover. */
  bytes: Uint8Array<ArrayBuffer>;
  language: Language;
  requestId: string;
  plan: JobPlan | undefined;
  /** The server's clock, in epoch milliseconds. */
  serverMs: number;
}

type Call = Received & Routed;
type Handler = (c: Call) => Response | Promise<Response>;
export type Routes = Router<Received>;

const SERVERS = "/v1/:project/cloudservers";
const SERVER = `${SERVERS}/:server`;

/**
 * The API by path and method. What is not here is the gateway's 404, or its 405 for a known path.
 *
 * @param verifyToken `undefined`: nobody has to say who they are.
 */
export function createRoutes(cloud: Cloud, verifyToken: VerifyToken | undefined): Routes {
  const table: Record<string, Methods<Received>> = {
    [`${SERVERS}/detail`]: { GET: inProject((c) => listServers(cloud, c)) },
    [SERVER]: { GET: withServer((_, server) => json({ server: serverView(cloud, server) })) },
    [`${SERVER}/block_device`]: { GET: withServer((c, server) => listAttachments(cloud, c, server)) },
    [`${SERVER}/block_device/:volume`]: {
      GET: withServer((c, server) => showAttachment(cloud, c, server)),
    },
    [`${SERVER}/attachvolume`]: { POST: withServer((c, server) => attach(cloud, c, server)) },
    [`${SERVER}/detachvolume/:volume`]: { DELETE: inProject((c) => detach(cloud, c)) },
    "/v1/:project/jobs/:job": { GET: inProject((c) => showJob(cloud, c)) },
    "/v2/:project/cloudvolumes/detail": { GET: inProject((c) => listDisks(cloud, c)) },
    "/v3/projects": { GET: (c) => listProjects(cloud, verifyToken, c) },
  };
  return createRouter(table, ({ requestId }, allowed) =>
    allowed
      ? gatewayStatusReply(405, requestId, { Allow: allowed.join(", ") })
      : gatewayStatusReply(404, requestId),
  );

  function withServer(handler: (c: Call, server: Server) => Response): Handler {
    return inProject((c) => {
      const server = cloud.server(c.param("project"), c.param("server"));
      return server ? handler(c, server) : ecsError("Ecs.0114", c.language);
    });
  }

  function inProject(handler: (c: Call) => Response): Handler {
    return async (c) => {
      const refusal = await refuseCaller(cloud, verifyToken, c);
      if (refusal) return refusal;
      // Not before: to find out who calls takes time.
      cloud.settle();
      return handler(c);
    };
  }
}

/** Who calls, and whether the project in the path is theirs. */
async function refuseCaller(
  cloud: Cloud,
  verifyToken: VerifyToken | undefined,
  c: Call,
): Promise<Response | undefined> {
  const project = cloud.project(c.param("project"));
  const strange = () => ecsError("Ecs.0023", c.language);
  if (!verifyToken) return project ? undefined : strange();

  const caller = await callerOf(cloud, verifyToken, c);
  if (typeof caller === "string") return unauthenticated(caller, c);
  const { projectId, claimedProjectId } = caller;
  return project?.id === projectId && projectId === (claimedProjectId ?? projectId) ? undefined : strange();
}

function callerOf(cloud: Cloud, verifyToken: VerifyToken, c: Call): Promise<Caller | string> {
  const { bytes, serverMs } = c;
  return identify(cloud, verifyToken, { request: c.request, body: bytes, serverMs });
}

function unauthenticated(why: string, c: Call): Response {
  const message = `Incorrect IAM authentication information: ${why}`;
  return gatewayReply(401, "APIGW.0301", message, c.requestId);
}

/** The projects of the caller's account; of all, where callers do not say who they are. */
async function listProjects(cloud: Cloud, verifyToken: VerifyToken | undefined, c: Call): Promise<Response> {
  const url = new URL(c.request.url);
  const { requestId } = c;
  if (!verifyToken) return projectList(cloud.projects(), url, requestId);

  const caller = await callerOf(cloud, verifyToken, c);
  const project = typeof caller === "string" ? undefined : cloud.project(caller.projectId);
  return project ? projectList(cloud.projects(project.domainId), url, requestId) : unidentified(requestId);
}

function listServers(cloud: Cloud, c: Call): Response {
  const servers = cloud.servers(c.param("project")).map((server) => serverView(cloud, server));
  return json({ servers, count: servers.length });
}

function listDisks(cloud: Cloud, c: Call): Response {
  const volumes = cloud.disks(c.param("project")).map((disk) => diskView(cloud, disk));
  return json({ volumes, count: volumes.length });
}

function showAttachment(cloud: Cloud, c: Call, server: Server): Response {
  const volumeId = c.param("volume");
  const found = cloud.attachmentOf(volumeId);
  if (found?.serverId !== server.id) {
    return nested("volume", `/block_device/${volumeId}`);
  }
  return refuseLook(cloud, c, volumeId) ?? json({ volumeAttachment: attachmentView(cloud, server, found) });
}

function listAttachments(cloud: Cloud, c: Call, server: Server): Response {
  const refusals = cloud.attachments(server.id).map(({ volumeId }) => refuseLook(cloud, c, volumeId));
  return refusals.find(Boolean) ?? json(attachmentListView(cloud, server));
}

/** Where a job's plan lets nobody look at its disk any more. Counts the look otherwise. */
function refuseLook(cloud: Cloud, c: Call, volumeId: string): Response | undefined {
  const job = cloud.pendingJob(volumeId);
  if (job?.plan.kind !== "unreadable" || !isFinal(cloud.jobStatus(job))) return undefined;
  const { how, looks } = job.plan;
  job.looks += 1;
  if (job.looks <= looks) return undefined;
  return how === "offline" ? lose() : gatewayStatusReply(how, c.requestId);
}

function showJob(cloud: Cloud, c: Call): Response {
  const known = cloud.job(c.param("project"), c.param("job"));
  if (known && c.plan) cloud.replan(known, c.plan);
  // Looked up again, because the plan may have made it vanish.
  const job = cloud.job(c.param("project"), c.param("job"));
  if (!job) return ecsError("Common.0011", c.language);
  return hideJob(job, c) ?? json(jobView(cloud, job, c.language));
}

function hideJob(job: Job, c: Call): Response | undefined {
  if (job.plan.kind !== "hidden" || job.looks >= job.plan.looks) return undefined;
  job.looks += 1;
  if (job.plan.as === "service") return ecsError("Common.0011", c.language);
  return job.plan.as === "html" ? htmlPage(404) : gatewayStatusReply(404, c.requestId);
}

function detach(cloud: Cloud, c: Call): Response {
  const volumeId = c.param("volume");
  const result = refuseDetach(cloud, {
    projectId: c.param("project"),
    serverId: c.param("server"),
    volumeId,
    query: new URL(c.request.url).searchParams,
    body: c.body,
  });
  if (typeof result === "string") return ecsError(result, c.language);

  const { server, attachment } = result;
  const { device } = attachment;
  const job = cloud.start({ type: "detachVolume", server, volumeId, device, plan: c.plan });
  return json({ job_id: job.id });
}

function attach(cloud: Cloud, c: Call, server: Server): Response {
  const result = refuseAttach(cloud, server, c.body);
  if (result instanceof Response) return result;
  if (typeof result === "string") return ecsError(result, c.language);

  const job = cloud.start({ type: "attachVolume", server, ...result, plan: c.plan });
  return json({ job_id: job.id });
}
