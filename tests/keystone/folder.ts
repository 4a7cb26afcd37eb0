// What Keystone needs in its folder: a configuration, keys and a database.
import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { text } from "node:stream/consumers";
import { keystoneManage, python } from "./environment.mjs";

/** Fills an empty folder. Gives the configuration file. The administrator is `admin` in the project `admin`. */
export async function prepare(folder: string, adminPassword: string): Promise<string> {
  const config = join(folder, "keystone.conf");
  writeFileSync(config, configuration(folder));
  for (const name of ["fernet", "receipts", "credentials"]) writeKeys(join(folder, name));
  await manage(config, "db_sync");
  await manage(config, "bootstrap", { OS_BOOTSTRAP_PASSWORD: adminPassword });
  return config;
}

/** Every path is named: those by default lie in /etc. */
function configuration(folder: string): string {
  return `[DEFAULT]
log_file = ${folder}/keystone.log
[database]
connection = sqlite:///${folder}/keystone.db
[token]
provider = fernet
[fernet_tokens]
key_repository = ${folder}/fernet
[fernet_receipts]
key_repository = ${folder}/receipts
[credential]
key_repository = ${folder}/credentials
[cache]
# In memory: without it every call takes a fifth of a second to check its token.
enabled = true
backend = oslo_cache.dict
[identity]
# The least that bcrypt takes: these passwords protect nothing.
password_hash_rounds = 4
`;
}

/** What `keystone-manage fernet_setup` would write, without its two seconds for each: a key in use and the next one. */
function writeKeys(folder: string): void {
  mkdirSync(folder, { mode: 0o700 });
  for (const name of ["0", "1"]) {
    writeFileSync(join(folder, name), `${randomBytes(32).toString("base64url")}=`, { mode: 0o600 });
  }
}

async function manage(config: string, command: string, env: Record<string, string> = {}): Promise<void> {
  const child = spawn(python, ["-I", keystoneManage, "--config-file", config, command], {
    env: { ...process.env, ...env },
    stdio: ["ignore", "ignore", "pipe"],
  });
  const [errors, [code]] = await Promise.all([text(child.stderr), once(child, "close")]);
  if (code !== 0) throw new Error(`keystone-manage ${command} ended with ${code}: ${errors}`);
}
