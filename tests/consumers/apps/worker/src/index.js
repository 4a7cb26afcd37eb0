import { options, show } from "./outcome.js";

const worker = new Worker(new URL("./worker.js", import.meta.url), { type: "module" });
worker.addEventListener("message", ({ data }) => show(data));
worker.addEventListener("error", show);
worker.postMessage(options);
