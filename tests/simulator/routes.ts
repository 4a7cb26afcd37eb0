import { type Context, Hono } from "hono";
import { refuseAttach, refuseDetach } from "./checks.ts";
import type { Cloud } from "./cloud.ts";
import { ecsError, gatewayReply, gatewayStatusReply, json, nestedNotFound } from "./replies.ts";
import type { JobPlan, Language, Server } from "./types.ts";
import { attachmentListView, attachmentView, diskView, jobView, serverView } from "./views.ts";

export interface Bindings {
  body: string;
  language: Language;
  requestId: string;
  plan: JobPlan | undefined;
}

type Call = Context<{ Bindings: Bindings }>;
type Handler = (c: Call) => Response;
type Routes = Hono<{ Bindings: Bindings }>;

const SERVERS = "/v1/:project/cloudservers";
const SERVER = `${SERVERS}/:server`;

/** The API by path and method. What is not here is the gateway's 404, or its 405 for a known path. */
export function createRoutes(cloud: Cloud, requireToken: boolean): Routes {
  const app: Routes = new Hono();
  const table: Record<string, Record<string, Handler>> = {
    [`${SERVERS}/detail`]: { GET: (c) => listServers(cloud, c) },
    [SERVER]: { GET: withServer((_, server) => json({ server: serverView(cloud, server) })) },
    [`${SERVER}/block_device`]: { GET: withServer((_, server) => json(attachmentListView(cloud, server))) },
    [`${SERVER}/block_device/:volume`]: {
      GET: withServer((c, server) => showAttachment(cloud, c, server)),
    },
    [`${SERVER}/attachvolume`]: { POST: withServer((c, server) => attach(cloud, c, server)) },
    [`${SERVER}/detachvolume/:volume`]: { DELETE: (c) => detach(cloud, c) },
    "/v1/:project/jobs/:job": { GET: (c) => showJob(cloud, c) },
    "/v2/:project/cloudvolumes/detail": { GET: (c) => listDisks(cloud, c) },
  };

  for (const [path, methods] of Object.entries(table)) {
    for (const [method, handler] of Object.entries(methods)) {
      app.on(method, path, (c) => refuseCaller(cloud, requireToken, c) ?? handler(c));
    }
    const headers = { Allow: Object.keys(methods).join(", ") };
    app.all(path, (c) => gatewayStatusReply(405, c.env.requestId, headers));
  }
  app.notFound((c) => gatewayStatusReply(404, c.env.requestId));
  app.onError((error) => {
    throw error;
  });
  return app;

  function withServer(handler: (c: Call, server: Server) => Response): Handler {
    return (c) => {
      const server = cloud.server(param(c, "project"), param(c, "server"));
      return server ? handler(c, server) : ecsError("Ecs.0114", c.env.language);
    };
  }
}

/** Who calls, and whether the project in the path is theirs. */
function refuseCaller(cloud: Cloud, requireToken: boolean, c: Call): Response | undefined {
  const project = cloud.project(param(c, "project"));
  if (!requireToken) return project ? undefined : ecsError("Ecs.0023", c.env.language);

  const token = c.req.header("X-Auth-Token");
  if (!token) return unauthenticated("x-auth-token not found", c);
  const owner = cloud.projectOfToken(token);
  if (!owner) return unauthenticated("decrypt token fail", c);
  return owner === project ? undefined : ecsError("Ecs.0023", c.env.language);
}

function unauthenticated(why: string, c: Call): Response {
  const message = `Incorrect IAM authentication information: ${why}`;
  return gatewayReply(401, "APIGW.0301", message, c.env.requestId);
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
  if (known && c.env.plan) known.plan = c.env.plan;
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
