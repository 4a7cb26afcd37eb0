export default { test: { include: ["*.vitest.ts"], cache: false } };
