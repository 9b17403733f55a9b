/** Who calls (401), and whether they may (403). */
import type { IncomingMessage } from "node:http";
import { HapaError } from "../../contract/errors.ts";
import type { Key } from "../../contract/keys.ts";
import { allows, type Permission } from "../../contract/roles.ts";
import { say } from "../../contract/say.ts";
import type { KeyRepository } from "../../store/keys.ts";
import type { DashboardSession, DashboardSessions } from "../dashboard/sessions.ts";

/** Who calls: by a key of their own, or from a dashboard that a key's owner opened. */
export interface Caller {
  readonly key: Key;
  readonly session?: DashboardSession;
}

/** @returns the caller; undefined on a public route. @throws HapaError("unauthorized") */
export async function authenticate(
  req: IncomingMessage,
  permission: Permission,
  keys: KeyRepository,
  sessions: Pick<DashboardSessions, "of">,
): Promise<Caller | undefined> {
  if (permission === "public") return undefined;
  const secret = req.headers["x-api-key"] ?? bearer(req.headers.authorization);
  if (typeof secret !== "string" || secret === "") {
    const session = sessions.of(req);
    const key = session && (await keys.get(session.keyId));
    // A key that is revoked ends what was opened with it.
    if (key && key.revokedAt === null && !(key.expiresAt && Date.parse(key.expiresAt) <= Date.now())) {
      return { key, session };
    }
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
  return { key: check.key };
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
