import { detachVolume } from "/node_modules/ecs-detach-volume/auto.js";
import { options, show } from "./outcome.js";

detachVolume(options).then(show, show);
