/** What a page may load and do: nothing but its own files. No inline script, no inline style, no form, no base. */
function policy(connections: "'self'" | "'none'"): string[] {
  return [
    "default-src 'none'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self'",
    "font-src 'self'",
    "img-src 'self'",
    `connect-src ${connections}`,
    "base-uri 'none'",
    "form-action 'none'",
  ];
}

export const CONTENT_SECURITY_POLICY = [...policy("'self'"), "frame-ancestors 'none'"].join("; ");

/** For the demo, whose server is in the page: nothing leaves it. A page cannot say itself who may frame it. */
export const DEMO_POLICY = policy("'none'").join("; ");

/** For the server of the sources: its client writes styles into the page, and hears of changes by a socket. */
export const sourcesPolicy = (nonce: string) =>
  CONTENT_SECURITY_POLICY.replace("style-src 'self'", `$& 'nonce-${nonce}'`).replace(
    "connect-src 'self'",
    "$& ws:",
  );
