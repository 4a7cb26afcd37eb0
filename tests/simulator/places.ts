// Which requests a fault is about, where nothing else is said.
import type { FaultName } from "./faults.ts";

/** The requests of a detachment: the DELETE, the questions about its job, and the looks at the attachment. */
export type Place = "detach" | "task" | "attachment" | "any";

interface Meeting {
  on: Place;
  /** Infinite: each of them. */
  times: number;
}

const FIRST_DELETE: Meeting = { on: "detach", times: 1 };
const FIRST_QUESTION: Meeting = { on: "task", times: 1 };
const EVERY_LOOK: Meeting = { on: "attachment", times: Number.POSITIVE_INFINITY };

const OTHERS: Partial<Record<FaultName, Meeting>> = {
  unavailable: FIRST_QUESTION,
  offline: FIRST_QUESTION,
  "throttle-for": FIRST_QUESTION,
  "other-job": { on: "task", times: Number.POSITIVE_INFINITY },
  envelope: { on: "task", times: Number.POSITIVE_INFINITY },
  "other-disk": EVERY_LOOK,
  absent: EVERY_LOOK,
  "root-device": EVERY_LOOK,
  skewed: { on: "any", times: Number.POSITIVE_INFINITY },
};

export function meetingOf(name: FaultName): Meeting {
  return OTHERS[name] ?? FIRST_DELETE;
}

/** The method and path of such requests. */
export const PLACES: Readonly<Record<Place, { method?: string; path?: RegExp }>> = {
  detach: { method: "DELETE", path: /\/detachvolume\// },
  task: { method: "GET", path: /\/jobs\// },
  attachment: { method: "GET", path: /\/block_device(?:[/?]|$)/ },
  any: {},
};
