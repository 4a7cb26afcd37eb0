import { options, show } from "./outcome.js";

navigator.serviceWorker.addEventListener("message", ({ data }) => show(data));
navigator.serviceWorker.register("./service-worker.js", { type: "module" }).catch(show);
const { active } = await navigator.serviceWorker.ready;
active.postMessage(options);
