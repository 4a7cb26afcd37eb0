import { detachVolume } from "/node_modules/ecs-detach-volume/auto/index.js";
import { options, show } from "./outcome.js";

detachVolume(options).then(show, show);
