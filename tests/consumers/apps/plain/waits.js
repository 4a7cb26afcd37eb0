import { detachVolumeAndWait } from "/node_modules/ecs-detach-volume/index.js";
import { options, show } from "./outcome.js";

detachVolumeAndWait({ ...options, initialDelayMs: 1, pollIntervalMs: 1 }).then(show, show);
