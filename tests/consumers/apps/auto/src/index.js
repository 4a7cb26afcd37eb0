import { detachVolume } from "ecs-detach-volume/auto";
import { options, show } from "./outcome.js";

detachVolume(options).then(show, show);
