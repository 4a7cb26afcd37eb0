import { options, show } from "./outcome.js";

const worker = new Worker("./worker.js", { type: "module" });
worker.addEventListener("message", ({ data }) => show(data));
worker.addEventListener("error", show);
worker.postMessage(options);
