/** API keys: `hapa_…`, shown once, kept as a hash. */
import { z } from "zod";
import { Role } from "./roles.ts";
import { answer, request } from "./wire.ts";

export const NewKey = request({
  name: z.string().trim().min(1).max(100),
  role: Role,
  /** ISO 8601; absent: never. */
  expiresAt: z.iso.datetime({ offset: true }).optional(),
});
export type NewKey = z.output<typeof NewKey>;

export const Key = answer({
  id: z.string(),
  name: z.string(),
  role: Role,
  /** First characters, to tell keys apart. */
  prefix: z.string(),
  expiresAt: z.string().nullable(),
  revokedAt: z.string().nullable(),
  createdAt: z.string(),
});
export type Key = z.output<typeof Key>;

/** The only answer that carries the key itself. */
export const CreatedKey = answer({ apiKey: z.string(), key: Key });
export const KeyList = answer({ items: z.array(Key) });
