// Runs a script for package.json: node scripts/menu.mjs NAME "what it does" […].
//
// What it does is there for people: `npm run` lists the commands as they are written.
import { fileURLToPath } from "node:url";

const script = fileURLToPath(new URL(`./${process.argv[2]}.mjs`, import.meta.url));
process.argv.splice(1, 3, script);
await import(script);
