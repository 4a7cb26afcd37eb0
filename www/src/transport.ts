/**
 * How the page reaches the console server: by the network, or in the page itself. The second is for a demo of static
 * files; the build leaves out what it does not need.
 */
export const transport: typeof fetch =
  import.meta.env.MODE === "demo"
    ? (await import("./in-page.ts")).inPageFetch
    : // Looked up at each call, and called as the window's own.
      (input, init) => fetch(input, init);
