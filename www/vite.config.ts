import { defineConfig } from "vite";

export default defineConfig({
  base: "./",
  build: {
    outDir: "dist",
    emptyOutDir: true,
    // The content security policy allows no data: URLs, so fonts and icons stay files.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  // For `vite dev`, beside a running `tsx www/serve.ts`.
  server: { proxy: { "/api": "http://127.0.0.1:4173" } },
});
