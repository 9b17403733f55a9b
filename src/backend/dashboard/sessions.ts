/**
 * Who may use the dashboard without a key: whoever followed a link that a key's owner made. A link works once and for
 * minutes; it becomes a session, which dies with the server or after hours. Both are kept in memory, as hashes.
 *
 * Cookies know no ports: a session's cookie also goes to whatever else listens on this computer's name, and a page from
 * there is "same-site". So a session is two secrets: the cookie, which no script can read, and a token in the page's own
 * storage, which no other port can.
 */
import { hash, randomBytes, timingSafeEqual } from "node:crypto";
import type { IncomingMessage } from "node:http";

export interface DashboardSession {
  readonly id: string;
  /** The session may do what this key may. */
  readonly keyId: string;
  /** ISO 8601. */
  readonly expiresAt: string;
}

export interface DashboardSessions {
  link(keyId: string): { readonly code: string; readonly expiresAt: string };
  /** Undefined: it is unknown, used or too old. */
  open(
    code: string,
  ): { readonly session: DashboardSession; readonly pageToken: string; readonly cookie: string } | undefined;
  /** The session a request belongs to, if it carries both secrets and comes from a page of this server. */
  of(req: IncomingMessage): DashboardSession | undefined;
  /** @returns the header that makes a browser forget its cookie */
  end(id: string): string;
}

const linkMs = 5 * 60_000;
const sessionMs = 12 * 3_600_000;
/** More than these are made by mistake only: the oldest go. */
const linksMost = 100;
const sessionsMost = 200;

interface Kept extends DashboardSession {
  readonly tokenHash: Buffer;
  readonly endsAt: number;
}

/** @param port Asked when a cookie is named: two servers on one computer must not overwrite each other's. */
export function createDashboardSessions(port: () => number, now: () => number = Date.now): DashboardSessions {
  const links = new Map<string, { readonly keyId: string; readonly endsAt: number }>();
  const sessions = new Map<string, Kept>();
  const name = () => `hapa_${port()}`;
  const cookie = (value: string, seconds: number) =>
    `${name()}=${value}; Path=/; Max-Age=${seconds}; HttpOnly; SameSite=Strict`;
  return {
    link(keyId) {
      const code = secret();
      const endsAt = now() + linkMs;
      links.set(hashOf(code).toString("hex"), { keyId, endsAt });
      makeRoom(links, linksMost, now());
      return { code, expiresAt: new Date(endsAt).toISOString() };
    },
    open(code) {
      const at = hashOf(code).toString("hex");
      const link = links.get(at);
      // Nothing is waited for in between: of two that come at once, one finds it.
      links.delete(at);
      if (!link || link.endsAt <= now()) return undefined;
      const [value, pageToken] = [secret(), secret()];
      const id = hashOf(value).toString("hex");
      const endsAt = now() + sessionMs;
      const session = { id, keyId: link.keyId, expiresAt: new Date(endsAt).toISOString() };
      sessions.set(id, { ...session, tokenHash: hashOf(pageToken), endsAt });
      makeRoom(sessions, sessionsMost, now());
      return { session, pageToken, cookie: cookie(value, sessionMs / 1000) };
    },
    of(req) {
      const value = cookieOf(req, name());
      const token = req.headers["x-hapa-page"];
      if (value === undefined || typeof token !== "string" || !isFromOwnPage(req)) return undefined;
      const session = sessions.get(hashOf(value).toString("hex"));
      if (!session || session.endsAt <= now() || !timingSafeEqual(session.tokenHash, hashOf(token))) return undefined;
      const { id, keyId, expiresAt } = session;
      return { id, keyId, expiresAt };
    },
    end(id) {
      sessions.delete(id);
      return cookie("", 0);
    },
  };
}

/**
 * That Host is this server and Origin, where there is one, its own, was checked before (guard.ts). Browsers say where a
 * request comes from in one of these two, and in `Origin` for all that changes something.
 */
function isFromOwnPage({ headers, method }: IncomingMessage): boolean {
  const site = headers["sec-fetch-site"];
  if (site !== undefined) return site === "same-origin";
  return headers.origin !== undefined || method === "GET" || method === "HEAD";
}

function cookieOf({ headers }: IncomingMessage, name: string): string | undefined {
  const found = (headers.cookie ?? "").split("; ").filter((one) => one.startsWith(`${name}=`));
  // Somebody else's page set another one of this name beside it: neither is trusted.
  return found.length === 1 ? found[0]?.slice(name.length + 1) : undefined;
}

function makeRoom<T extends { readonly endsAt: number }>(all: Map<string, T>, most: number, now: number): void {
  for (const [key, { endsAt }] of all) if (endsAt <= now || all.size > most) all.delete(key);
}

function secret(): string {
  return randomBytes(32).toString("base64url");
}

function hashOf(text: string): Buffer {
  return hash("sha256", text, "buffer");
}
