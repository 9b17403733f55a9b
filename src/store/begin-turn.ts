/** Adds a turn to a conversation: what it replaces goes, and the conversation gets its name, in one step. */
import type { Kysely, Transaction } from "kysely";
import type { Question } from "../contract/conversations.ts";
import { HapaError } from "../contract/errors.ts";
import { say } from "../contract/say.ts";
import { thisRunner } from "./runner.ts";
import type { Tables } from "./schema.ts";

/** See `TurnRepository.begin`. */
export async function beginTurn(
  tx: Transaction<Tables>,
  conversationId: string,
  question: Question,
  titleOf: (question: string) => string,
): Promise<readonly string[]> {
  const now = new Date().toISOString();
  // A write comes first: what was only read could not be written while another process writes.
  const { numUpdatedRows } = await tx
    .updateTable("conversations")
    .set({ updated_at: now })
    .where("id", "=", conversationId)
    .where("deleted_at", "is", null)
    .executeTakeFirst();
  if (numUpdatedRows === 0n) throw new HapaError("not_found", say`There is no conversation ${conversationId}.`);
  const gone = question.replaces === undefined ? [] : await drop(tx, conversationId, question.replaces);
  await nameAfter(tx, conversationId, question.question, gone[0]?.question, titleOf);
  const taken = await tx.selectFrom("turns").select("id").where("id", "=", question.id).executeTakeFirst();
  if (taken) throw new HapaError("conflict", say`The question ${question.id} was asked already.`);
  await tx
    .insertInto("turns")
    .values(newRow(conversationId, question, now))
    .execute();
  return gone.map(({ id }) => id);
}

/** Deletes a turn and all after it; gives them, oldest first. */
async function drop(tx: Transaction<Tables>, conversationId: string, id: string) {
  const gone = await tx
    .selectFrom("turns")
    .select(["id", "question"])
    .where("conversation_id", "=", conversationId)
    .where("seq", ">=", (eb) =>
      eb
        .selectFrom("turns as from")
        .select("from.seq")
        .where("from.id", "=", id)
        .where("from.conversation_id", "=", conversationId),
    )
    .orderBy("seq")
    .execute();
  if (gone.length === 0) throw new HapaError("not_found", say`There is no question ${id} in this conversation.`);
  const ids = gone.map((turn) => turn.id);
  for (let at = 0; at < ids.length; at += 500) {
    const some = ids.slice(at, at + 500);
    await tx.deleteFrom("turns").where("id", "in", some).execute();
    await tx.deleteFrom("feedback").where("target_type", "=", "turn").where("target_id", "in", some).execute();
  }
  return gone;
}

/** A title the person gave stays. */
async function nameAfter(
  tx: Kysely<Tables>,
  conversationId: string,
  question: string,
  replaced: string | undefined,
  titleOf: (question: string) => string,
): Promise<void> {
  const { n } = await tx
    .selectFrom("turns")
    .select((eb) => eb.fn.countAll<number>().as("n"))
    .where("conversation_id", "=", conversationId)
    .executeTakeFirstOrThrow();
  if (Number(n) > 0) return;
  const automatic = ["", ...(replaced === undefined ? [] : [titleOf(replaced)])];
  await tx
    .updateTable("conversations")
    .set({ title: titleOf(question) })
    .where("id", "=", conversationId)
    .where("title", "in", automatic)
    .execute();
}

function newRow(conversationId: string, question: Question, now: string) {
  return {
    id: question.id,
    conversation_id: conversationId,
    command: question.command ?? null,
    language: question.language,
    status: "running" as const,
    question: question.question,
    markdown: "",
    model: null,
    prompt_tokens: null,
    completion_tokens: null,
    cost_usd: null,
    cached: 0 as const,
    elapsed_ms: null,
    artifact_id: null,
    error_code: null,
    error_message: null,
    error_details: null,
    rating: null,
    runner: thisRunner(),
    created_at: now,
    saved_at: now,
    checks: "[]",
    examples: JSON.stringify(question.examples),
    context: JSON.stringify(question.context),
  };
}
