import { type Context, Hono } from "hono";
import { type Caller, identify, type VerifyToken } from "./callers.ts";
import { refuseAttach, refuseDetach } from "./checks.ts";
import type { Cloud } from "./cloud.ts";
import { projectList, unidentified } from "./projects.ts";
import { ecsError, gatewayReply, gatewayStatusReply, json, nestedNotFound } from "./replies.ts";
import type { JobPlan, Language, Server } from "./types.ts";
import { attachmentListView, attachmentView, diskView, jobView, serverView } from "./views.ts";

export interface Bindings {
  body: string;
  /** The body as it was received, which is what signatures cover. */
  bytes: Uint8Array<ArrayBuffer>;
  language: Language;
  requestId: string;
  plan: JobPlan | undefined;
  /** The server's clock, in epoch milliseconds. */
  serverMs: number;
}

type Call = Context<{ Bindings: Bindings }>;
type Handler = (c: Call) => Response | Promise<Response>;
type Routes = Hono<{ Bindings: Bindings }>;

const SERVERS = "/v1/:project/cloudservers";
const SERVER = `${SERVERS}/:server`;

/**
 * The API by path and method. What is not here is the gateway's 404, or its 405 for a known path.
 *
 * @param verifyToken `undefined`: nobody has to say who they are.
 */
export function createRoutes(cloud: Cloud, verifyToken: VerifyToken | undefined): Routes {
  const app: Routes = new Hono();
  const table: Record<string, Record<string, Handler>> = {
    [`${SERVERS}/detail`]: { GET: inProject((c) => listServers(cloud, c)) },
    [SERVER]: { GET: withServer((_, server) => json({ server: serverView(cloud, server) })) },
    [`${SERVER}/block_device`]: { GET: withServer((_, server) => json(attachmentListView(cloud, server))) },
    [`${SERVER}/block_device/:volume`]: {
      GET: withServer((c, server) => showAttachment(cloud, c, server)),
    },
    [`${SERVER}/attachvolume`]: { POST: withServer((c, server) => attach(cloud, c, server)) },
    [`${SERVER}/detachvolume/:volume`]: { DELETE: inProject((c) => detach(cloud, c)) },
    "/v1/:project/jobs/:job": { GET: inProject((c) => showJob(cloud, c)) },
    "/v2/:project/cloudvolumes/detail": { GET: inProject((c) => listDisks(cloud, c)) },
    "/v3/projects": { GET: (c) => listProjects(cloud, verifyToken, c) },
  };

  for (const [path, methods] of Object.entries(table)) {
    for (const [method, handler] of Object.entries(methods)) app.on(method, path, handler);
    const headers = { Allow: Object.keys(methods).join(", ") };
    app.all(path, (c) => gatewayStatusReply(405, c.env.requestId, headers));
  }
  app.notFound((c) => gatewayStatusReply(404, c.env.requestId));
  app.onError((error) => {
    throw error;
  });
  return app;

  function withServer(handler: (c: Call, server: Server) => Response): Handler {
    return inProject((c) => {
      const server = cloud.server(param(c, "project"), param(c, "server"));
      return server ? handler(c, server) : ecsError("Ecs.0114", c.env.language);
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
  const project = cloud.project(param(c, "project"));
  const strange = () => ecsError("Ecs.0023", c.env.language);
  if (!verifyToken) return project ? undefined : strange();

  const caller = await callerOf(cloud, verifyToken, c);
  if (typeof caller === "string") return unauthenticated(caller, c);
  const { projectId, claimedProjectId } = caller;
  return project?.id === projectId && projectId === (claimedProjectId ?? projectId) ? undefined : strange();
}

function callerOf(cloud: Cloud, verifyToken: VerifyToken, c: Call): Promise<Caller | string> {
  const { bytes, serverMs } = c.env;
  return identify(cloud, verifyToken, { request: c.req.raw, body: bytes, serverMs });
}

function unauthenticated(why: string, c: Call): Response {
  const message = `Incorrect IAM authentication information: ${why}`;
  return gatewayReply(401, "APIGW.0301", message, c.env.requestId);
}

/** The projects of the caller's account; of all, where callers do not say who they are. */
async function listProjects(cloud: Cloud, verifyToken: VerifyToken | undefined, c: Call): Promise<Response> {
  const url = new URL(c.req.url);
  const { requestId } = c.env;
  if (!verifyToken) return projectList(cloud.projects(), url, requestId);

  const caller = await callerOf(cloud, verifyToken, c);
  const project = typeof caller === "string" ? undefined : cloud.project(caller.projectId);
  return project ? projectList(cloud.projects(project.domainId), url, requestId) : unidentified(requestId);
}

function listServers(cloud: Cloud, c: Call): Response {
  const servers = cloud.servers(param(c, "project")).map((server) => serverView(cloud, server));
  return json({ servers, count: servers.length });
}

function listDisks(cloud: Cloud, c: Call): Response {
  const volumes = cloud.disks(param(c, "project")).map((disk) => diskView(cloud, disk));
  return json({ volumes, count: volumes.length });
}

function showAttachment(cloud: Cloud, c: Call, server: Server): Response {
  const volumeId = param(c, "volume");
  const found = cloud.attachmentOf(volumeId);
  if (found?.serverId !== server.id) {
    return nestedNotFound(`No volume Block Device Mapping with id ${volumeId}.`);
  }
  return json({ volumeAttachment: attachmentView(cloud, server, found) });
}

function showJob(cloud: Cloud, c: Call): Response {
  const known = cloud.job(param(c, "project"), param(c, "job"));
  if (known && c.env.plan) cloud.replan(known, c.env.plan);
  // Looked up again, because the plan may have made it vanish.
  const job = cloud.job(param(c, "project"), param(c, "job"));
  return job ? json(jobView(cloud, job, c.env.language)) : ecsError("Common.0011", c.env.language);
}

function detach(cloud: Cloud, c: Call): Response {
  const volumeId = param(c, "volume");
  const result = refuseDetach(cloud, {
    projectId: param(c, "project"),
    serverId: param(c, "server"),
    volumeId,
    query: new URL(c.req.url).searchParams,
    body: c.env.body,
  });
  if (typeof result === "string") return ecsError(result, c.env.language);

  const { server, attachment } = result;
  const { device } = attachment;
  const job = cloud.start({ type: "detachVolume", server, volumeId, device, plan: c.env.plan });
  return json({ job_id: job.id });
}

function attach(cloud: Cloud, c: Call, server: Server): Response {
  const result = refuseAttach(cloud, server, c.env.body);
  if (result instanceof Response) return result;
  if (typeof result === "string") return ecsError(result, c.env.language);

  const job = cloud.start({ type: "attachVolume", server, ...result, plan: c.env.plan });
  return json({ job_id: job.id });
}

function param(c: Call, name: string): string {
  return c.req.param(name) ?? "";
}
