/**
 * The door of this room: questions of a conversation. A question is kept before anything is asked, what streams is
 * saved on the way, and its end, whatever it is, stands in the database before the caller hears of it.
 */
import type { ConversationTurn, Question } from "../contract/conversations.ts";
import { HapaError } from "../contract/errors.ts";
import { say, spoken, verbatim } from "../contract/say.ts";
import type { JsonValue } from "../contract/wire.ts";
import type { Listener } from "../generation/candidate.ts";
import type { Store } from "../store/store.ts";
import type { TurnEnd } from "../store/turns.ts";
import { type Answer, type AnswerParts, type AskingAs, answerQuestion, answerWithProgram } from "./answer.ts";
import { checkBlocks } from "./checks.ts";
import { createSaver } from "./saver.ts";

export interface AssistantParts extends AnswerParts {
  readonly store: Pick<Store, "turns" | "conversations">;
  /** Aborted when the server stops: what was under way is then interrupted, not stopped by the person. */
  readonly stopping: AbortSignal;
}

export interface Assistant {
  /**
   * Keeps a question, answers it and keeps the answer. Tells of progress once it is kept.
   * @returns the turn, "done"; with `errorCode` verification_failed where a program could not be proven
   * @throws HapaError not_found, conflict (nothing is kept then); and whatever the answer failed with (the turn is
   * "failed", "stopped" or "interrupted" then, with what had come)
   */
  ask(conversationId: string, question: Question, asking: AskingAs): Promise<ConversationTurn>;
  /**
   * Makes the program of a turn again with one more example. Where that fails, the turn stays as it was.
   * @throws HapaError not_found, invalid_request (the turn has no program), verification_failed
   */
  addExample(
    turn: { readonly conversationId: string; readonly id: string },
    example: { readonly input: JsonValue; readonly output: JsonValue; readonly inputs: readonly JsonValue[] },
    asking: AskingAs,
  ): Promise<ConversationTurn>;
  /** Stops what is being answered in a conversation. */
  stop(conversationId: string): void;
  /** Resolves when every end is kept. */
  settled(): Promise<void>;
}

/** Earlier turns are looked for among so many of the newest. */
const turnsRemembered = 30;
const titleLength = 60;

export function createAssistant(parts: AssistantParts): Assistant {
  const { turns } = parts.store;
  const underWay = new Map<string, { conversationId: string; controller: AbortController; ended: Promise<unknown> }>();

  /** Runs work that a caller who leaves, a replaced turn and a deleted conversation stop. */
  const attend = async <T>(
    id: string,
    conversationId: string,
    signal: AbortSignal,
    work: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> => {
    if (underWay.has(id)) throw new HapaError("conflict", say`This question is being answered just now.`);
    const controller = new AbortController();
    const ended = work(AbortSignal.any([signal, controller.signal]));
    underWay.set(id, { conversationId, controller, ended });
    try {
      return await ended;
    } finally {
      underWay.delete(id);
    }
  };

  const answerAndKeep = async (
    conversationId: string,
    question: Question,
    asking: AskingAs,
  ): Promise<ConversationTurn> => {
    const begun = performance.now();
    const saver = createSaver((text) => turns.save(question.id, text));
    const listener: Listener = {
      progress: (progress) => asking.listener.progress(progress),
      delta(text) {
        saver.add(text);
        asking.listener.delta(text);
      },
    };
    listener.progress({ stage: "storing", message: say`The question is kept`, fraction: undefined });
    const past = () => turns.before(conversationId, question.id, turnsRemembered);
    const elapsedMs = () => performance.now() - begun;
    let end: TurnEnd;
    let failure: unknown;
    try {
      const answer = await answerQuestion(question, past, parts, { ...asking, listener });
      end = { status: "done", ...answer, elapsedMs: elapsedMs(), checks: await checksOf(answer, parts, asking) };
    } catch (error) {
      failure = error;
      end = failed(error, saver.text(), asking, parts.stopping, elapsedMs());
    }
    await saver.stop();
    const turn = await turns.finish(question.id, end);
    if (failure !== undefined) throw failure;
    if (!turn) throw new HapaError("not_found", say`The question was deleted while it was answered.`);
    return turn;
  };

  return {
    async ask(conversationId, question, asking) {
      const gone = await turns.begin(conversationId, question, titleOf);
      for (const id of gone) underWay.get(id)?.controller.abort();
      return attend(question.id, conversationId, asking.signal, (signal) =>
        answerAndKeep(conversationId, question, { ...asking, signal }),
      );
    },

    addExample: ({ conversationId, id }, { input, output, inputs }, asking) =>
      attend(id, conversationId, asking.signal, async (signal) => {
        const begun = performance.now();
        const turn = await turns.get(conversationId, id);
        if (!turn) throw new HapaError("not_found", say`There is no question ${id} in this conversation.`);
        if (turn.examples.length === 0) throw new HapaError("invalid_request", say`This answer is no program.`);
        const examples = [...turn.examples, { input, output }];
        const wish = { question: turn.question, language: turn.language, examples, inputs };
        const answer = await answerWithProgram(wish, parts, { ...asking, signal, fresh: false });
        if (answer.errorMessage !== null) throw new HapaError("verification_failed", verbatim(answer.errorMessage));
        const checks = await checksOf(answer, parts, { ...asking, signal });
        const elapsedMs = performance.now() - begun;
        const kept = await turns.finish(id, { status: "done", ...answer, elapsedMs, checks, examples });
        if (!kept) throw new HapaError("not_found", say`The question was deleted while it was answered.`);
        return kept;
      }),

    stop(conversationId) {
      for (const work of underWay.values()) if (work.conversationId === conversationId) work.controller.abort();
    },

    async settled() {
      await Promise.allSettled([...underWay.values()].map(({ ended }) => ended));
    },
  };
}

async function checksOf({ markdown }: Answer, { check }: AnswerParts, { signal, words }: AskingAs) {
  return check ? checkBlocks(markdown, check, signal, words) : [];
}

const unexpected = say`Something went wrong inside HAPA. The log says more.`;

function failed(
  error: unknown,
  markdown: string,
  { signal, words }: AskingAs,
  stopping: AbortSignal,
  elapsedMs: number,
): TurnEnd {
  const stopped = signal.aborted;
  const known = error instanceof HapaError;
  return {
    status: stopping.aborted && stopped ? "interrupted" : stopped ? "stopped" : "failed",
    markdown,
    model: null,
    usage: null,
    cached: false,
    elapsedMs,
    artifactId: null,
    checks: [],
    errorCode: stopped ? null : known ? error.code : "internal",
    errorMessage: stopped ? null : spoken(known ? error.said : unexpected, words),
    errorDetails: known && !stopped ? error.details : undefined,
  };
}

/** The first words of a question. */
export function titleOf(question: string): string {
  const line = question.replace(/\s+/g, " ").trim();
  if (line.length <= titleLength) return line;
  const cut = line.slice(0, titleLength);
  const space = cut.lastIndexOf(" ");
  // Half a pair of surrogates is no character.
  const words = (space > titleLength / 2 ? cut.slice(0, space) : cut).replace(/[\uD800-\uDBFF]$/, "");
  return `${words}…`;
}
