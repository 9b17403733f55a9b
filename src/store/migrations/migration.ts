import type { Kysely } from "kysely";
import type { Tables } from "../schema.ts";

/** One step forward. Once it has landed it is never edited. */
export interface Migration {
  readonly name: string;
  up(db: Kysely<Tables>): Promise<void>;
}
