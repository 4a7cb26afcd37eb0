import { isEcsError } from "ecs-detach-volume";
import { detach, isEcsError as theirs } from "remote/detach";
import { options, show } from "./outcome.js";

if (isEcsError === theirs) detach(options).then(show, show);
else show(new Error("there are two copies of the package"));
