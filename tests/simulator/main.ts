import { ACCESS_KEY, createSimulator, DISK_IDS, PROJECT_ID, SECRET_KEY, SERVER_IDS, TOKEN } from "./index.ts";
import { runAsProgram } from "./listen.ts";
import { serve } from "./serve.ts";

/** The simulator as a program: on that port, or on another where that is taken. */
export async function runSimulator(port: number): Promise<void> {
  await runAsProgram(port, (free) => serve(createSimulator(), { port: free }), announce);
}

function announce(url: string): void {
  const path = `/v1/${PROJECT_ID}/cloudservers/${SERVER_IDS.web}/detachvolume/${DISK_IDS.webData}`;
  console.log(`
ECS simulator   ${url}
Project id      ${PROJECT_ID}
Token           ${TOKEN}
Access key      ${ACCESS_KEY}
Secret key      ${SECRET_KEY}

Detach a disk:  curl -i -X DELETE -H 'X-Auth-Token: ${TOKEN}' '${url}${path}?delete_flag=0'
Start afresh:   curl -X POST ${url}/_sim/reset
Stop:           Ctrl+C
`);
}
