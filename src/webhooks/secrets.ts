/**
 * Secrets of webhooks. None is kept in the database: each is derived (HKDF, RFC 5869) from the webhook's id and one key
 * in a file that only its owner may read, so that a copy of the database signs nothing.
 */
import { createHash, hkdfSync, randomBytes } from "node:crypto";
import { link, readFile, rm, writeFile } from "node:fs/promises";

const keyBytes = 32;

export interface WebhookSecrets {
  /** The key of a webhook; made from a file that is made where it is missing. */
  of(webhookId: string): Promise<Buffer>;
}

/** @param path The file of the key that all are derived from. */
export function createSecrets(path: string): WebhookSecrets {
  let master: Promise<Buffer> | undefined;
  return {
    async of(webhookId) {
      master ??= readOrMake(path);
      master.catch(() => {
        master = undefined;
      });
      return Buffer.from(hkdfSync("sha256", await master, "", `hapa webhook ${webhookId}`, keyBytes));
    },
  };
}

/** By which it is told whether a secret is still the one that was shown. */
export function secretHash(key: Buffer): string {
  return createHash("sha256").update(key).digest("hex");
}

async function readOrMake(path: string): Promise<Buffer> {
  const found = await readKey(path);
  if (found) return found;
  // Whole or not at all, and the first one counts: another process may make it at this moment.
  const draft = `${path}.${process.pid}-${randomBytes(4).toString("hex")}`;
  await writeFile(draft, randomBytes(keyBytes), { flag: "wx", mode: 0o600 });
  try {
    await link(draft, path);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
  } finally {
    await rm(draft, { force: true });
  }
  const made = await readKey(path);
  if (!made) throw new Error(`${path} cannot be read`);
  return made;
}

async function readKey(path: string): Promise<Buffer | undefined> {
  try {
    const key = await readFile(path);
    if (key.length !== keyBytes)
      throw new Error(`${path} is not what HAPA wrote: put a backup in its place, or delete it`);
    return key;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    throw error;
  }
}
