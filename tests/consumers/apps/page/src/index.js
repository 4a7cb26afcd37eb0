import { detachVolume } from "ecs-detach-volume";
import { options, show } from "./outcome.js";

detachVolume(options).then(show, show);
