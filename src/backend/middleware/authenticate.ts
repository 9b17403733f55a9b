/** Who calls (401), and whether they may (403). */
import type { IncomingMessage } from "node:http";
import { HapaError } from "../../contract/errors.ts";
import type { Key } from "../../contract/keys.ts";
import { allows, type Permission } from "../../contract/roles.ts";
import { say } from "../../contract/say.ts";
import type { KeyRepository } from "../../store/keys.ts";

/** @returns the key of the caller; undefined on a public route. @throws HapaError("unauthorized") */
export async function authenticate(
  req: IncomingMessage,
  permission: Permission,
  keys: KeyRepository,
): Promise<Key | undefined> {
  if (permission === "public") return undefined;
  const secret = req.headers["x-api-key"] ?? bearer(req.headers.authorization);
  if (typeof secret !== "string" || secret === "") {
    throw new HapaError(
      "unauthorized",
      say`This needs an API key: send it in the header X-API-Key, or as Authorization: Bearer.`,
    );
  }
  const check = await keys.check(secret);
  if (!check.ok) {
    const why = {
      unknown: say`This API key is not known here. Ask an admin for another one.`,
      expired: say`This API key has expired. Ask an admin for another one.`,
      revoked: say`This API key was revoked. Ask an admin for another one.`,
    }[check.reason];
    throw new HapaError("unauthorized", why);
  }
  return check.key;
}

/** The key as MCP clients send it. */
function bearer(header: string | undefined): string | undefined {
  return /^bearer +(\S+)$/i.exec(header ?? "")?.[1];
}

/** @throws HapaError("forbidden") where a key of this role may not. */
export function authorize({ role }: Key, permission: Permission): void {
  if (allows(role, permission)) return;
  const message = say`A key with the role "${role}" may not do this: it needs the permission "${permission}".`;
  throw new HapaError("forbidden", message);
}
