/** Who may do what. A route names one permission (`routes.ts`); a key has one role. */
import { z } from "zod";

export const roles = ["admin", "developer", "runner", "viewer"] as const;
export const Role = z.enum(roles);
export type Role = z.infer<typeof Role>;

/** `public` needs no key; `key` any good one (what it may do is decided further in); `admin` is for keys themselves. */
export type Permission = "public" | "key" | "read" | "write" | "execute" | "admin";

const granted: Record<Role, ReadonlySet<Permission>> = {
  admin: new Set<Permission>(["read", "write", "execute", "admin"]),
  developer: new Set<Permission>(["read", "write", "execute"]),
  runner: new Set<Permission>(["execute"]),
  viewer: new Set<Permission>(["read"]),
};

/** True where a key of this role may use a route with this permission. */
export function allows(role: Role, permission: Permission): boolean {
  return permission === "public" || permission === "key" || granted[role].has(permission);
}
