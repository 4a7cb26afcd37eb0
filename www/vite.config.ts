import { defineConfig, type Plugin } from "vite";
import { DEMO_POLICY } from "./policy.ts";

/** Files alone bring no headers, so the page of the demo says itself what it may load. */
function metaPolicy(): Plugin {
  return {
    name: "meta-policy",
    transformIndexHtml: () => [
      {
        tag: "meta",
        attrs: { "http-equiv": "Content-Security-Policy", content: DEMO_POLICY },
        // Before anything that it is to hold for.
        injectTo: "head-prepend",
      },
    ],
  };
}

/** `--mode demo`: static files with the server and the cloud inside, for any path of any site. */
export default defineConfig(({ mode }) => ({
  base: "./",
  plugins: mode === "demo" ? [metaPolicy()] : [],
  build: {
    target: "es2022",
    // The first browsers with `light-dark()`.
    cssTarget: ["chrome123", "firefox120", "safari17.5"],
    emptyOutDir: true,
    // The content security policy allows no data: URLs, so fonts and icons stay files.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
}));
