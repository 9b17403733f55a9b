/** What models cost, by month, use and model; and what is held back for calls that are under way. */
import { type Kysely, sql } from "kysely";
import { newId } from "./ids.ts";
import type { SpendingRow, Tables } from "./schema.ts";

/** Whose cost it is. `month`: `2026-11`, in UTC. */
export type SpendingOf = Pick<SpendingRow, "month" | "use" | "model" | "provider">;

/** What one call added. */
export type SpendingAmounts = Omit<SpendingRow, keyof SpendingOf>;

export interface SpendingRepository {
  /** A month's rows, the dearest first, and the sum that is held back for calls under way, in USD. */
  month(month: string): Promise<{ readonly rows: SpendingRow[]; readonly reservedUsd: number }>;
  /**
   * Holds an amount back, unless it would go beyond the cap with what is spent and held back already: one statement, so
   * that calls at the same time, of other processes too, cannot go beyond it together. Undefined: it would.
   */
  reserve(month: string, amountUsd: number, capUsd: number): Promise<string | undefined>;
  /** Adds what a call did cost, and lets go of what was held back for it. */
  settle(of: SpendingOf, amounts: SpendingAmounts, reservation: string | undefined): Promise<void>;
  /** The call cost nothing. */
  release(reservation: string): Promise<void>;
}

export function createSpendingRepository(db: Kysely<Tables>): SpendingRepository {
  return {
    async month(month) {
      const rows = await db
        .selectFrom("spending")
        .selectAll()
        .where("month", "=", month)
        .orderBy(sql`cost_usd + estimated_usd`, "desc")
        .orderBy("use")
        .orderBy("model")
        .execute();
      const held = await db
        .selectFrom("spending_reservations")
        .select((eb) => eb.fn.sum<number | null>("amount_usd").as("usd"))
        .where("month", "=", month)
        .executeTakeFirst();
      return { rows, reservedUsd: held?.usd ?? 0 };
    },
    async reserve(month, amountUsd, capUsd) {
      const id = newId("held");
      const { numAffectedRows } = await sql`
        insert into spending_reservations (id, month, amount_usd, created_at)
        select ${id}, ${month}, ${amountUsd}, ${new Date().toISOString()}
        where coalesce((select sum(cost_usd + estimated_usd) from spending where month = ${month}), 0)
          + coalesce((select sum(amount_usd) from spending_reservations where month = ${month}), 0)
          + ${amountUsd} <= ${capUsd}`.execute(db);
      return numAffectedRows === 1n ? id : undefined;
    },
    async settle(of, amounts, reservation) {
      await db.transaction().execute(async (tx) => {
        await tx
          .insertInto("spending")
          .values({ ...of, ...amounts })
          .onConflict((conflict) =>
            conflict.columns(["month", "use", "model", "provider"]).doUpdateSet((eb) => ({
              calls: eb("spending.calls", "+", eb.ref("excluded.calls")),
              prompt_tokens: eb("spending.prompt_tokens", "+", eb.ref("excluded.prompt_tokens")),
              completion_tokens: eb("spending.completion_tokens", "+", eb.ref("excluded.completion_tokens")),
              cost_usd: eb("spending.cost_usd", "+", eb.ref("excluded.cost_usd")),
              estimated_usd: eb("spending.estimated_usd", "+", eb.ref("excluded.estimated_usd")),
              untold_calls: eb("spending.untold_calls", "+", eb.ref("excluded.untold_calls")),
              unpriced_calls: eb("spending.unpriced_calls", "+", eb.ref("excluded.unpriced_calls")),
            })),
          )
          .execute();
        if (reservation) await tx.deleteFrom("spending_reservations").where("id", "=", reservation).execute();
      });
    },
    async release(reservation) {
      await db.deleteFrom("spending_reservations").where("id", "=", reservation).execute();
    },
  };
}
