import { detachVolume } from "ecs-detach-volume";
import { options, show } from "./outcome.js";

export default { title: "Disk", render: () => "<p>A disk</p>" };

export const Detached = { play: () => detachVolume(options).then(show, show) };
