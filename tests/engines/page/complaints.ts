// Everything that a page complains of: errors that nobody caught, errors that were written, and what its policy forbids.

export const complaints: string[] = [];

addEventListener("error", ({ message }) => complaints.push(`error: ${message}`));
addEventListener("unhandledrejection", ({ reason }) => complaints.push(`unhandled: ${reason}`));
addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI }) =>
  complaints.push(`policy: ${effectiveDirective} ${blockedURI}`),
);

for (const name of ["error", "warn"] as const) {
  const write = console[name];
  console[name] = (...values: unknown[]) => {
    complaints.push(`console.${name}: ${values.join(" ")}`);
    write.apply(console, values);
  };
}
