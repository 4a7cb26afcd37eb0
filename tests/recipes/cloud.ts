import { HttpResponse, http } from "msw";

const SERVER = "*/v1/:projectId/cloudservers/:serverId";
const JOB_ID = "ff80808288d41e1b018990260955686a";

/** A server with one data disk, which comes off it when the task has been asked for. */
export function cloud() {
  let isAttached = true;
  return [
    http.get(`${SERVER}/block_device/:volumeId`, ({ params }) =>
      isAttached
        ? HttpResponse.json({ volumeAttachment: { ...params, device: "/dev/vdb", bootIndex: 1 } })
        : HttpResponse.json(notAttached(), { status: 400 }),
    ),
    http.get(`${SERVER}/block_device`, () => HttpResponse.json({ volumeAttachments: [] })),
    http.delete(`${SERVER}/detachvolume/:volumeId`, () => HttpResponse.json({ job_id: JOB_ID })),
    http.get("*/v1/:projectId/jobs/:jobId", () => {
      isAttached = false;
      return HttpResponse.json({ job_id: JOB_ID, job_type: "detachVolume", status: "SUCCESS", entities: {} });
    }),
  ];
}

/** The gateway turns the next DELETE away. */
export const throttledOnce = () =>
  http.delete(
    `${SERVER}/detachvolume/:volumeId`,
    () => HttpResponse.json({ error_code: "APIGW.0308", error_msg: "Too many requests." }, { status: 429 }),
    { once: true },
  );

/** The connection breaks under every DELETE: nobody knows what became of it. */
export const lostReply = () => http.delete(`${SERVER}/detachvolume/:volumeId`, () => HttpResponse.error());

function notAttached() {
  const fault = { itemNotFound: { message: "No volume Block Device Mapping.", code: 404 } };
  return { error: { code: "Ecs.1000", message: JSON.stringify(fault) } };
}
