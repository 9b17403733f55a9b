/** Conversations with the assistant: questions, what went along with them, and what became of them. */
import { z } from "zod";
import { Artifact, Usage } from "./artifacts.ts";
import { errorCodes } from "./errors.ts";
import { Example, Language, maxExamples } from "./tasks.ts";
import { answer, jsonValue, request } from "./wire.ts";

export const SlashCommand = z.enum(["generate", "transform", "explain", "fix", "test", "docs", "validate"]);
/** What a question wants, where the person says so by `/name`; without one: code in words, a program where there are examples. */
export type SlashCommand = z.infer<typeof SlashCommand>;

/** A piece of the person's text that goes along with a question. */
export const ContextItem = request({
  kind: z.enum(["selection", "file", "problems"]),
  /** File name without folders. */
  label: z.string().max(500),
  /** In the workspace. */
  path: z.string().max(4_000),
  language: z.string().max(100).optional(),
  /** From 1, where it is a part of a file. */
  firstLine: z.number().int().min(1).optional(),
  lastLine: z.number().int().min(1).optional(),
  /** Lines, or problems. */
  count: z.number().int().min(0),
  text: z.string().max(200_000),
});
export type ContextItem = z.output<typeof ContextItem>;

/** A question of a conversation. Its `id` is the caller's: asked twice with the same one, it is refused as a conflict. */
export const Question = request({
  id: z.string().regex(/^[\w-]{1,100}$/),
  command: SlashCommand.optional(),
  question: z.string().trim().min(1).max(20_000),
  language: Language,
  examples: z.array(Example).max(maxExamples).default([]),
  /** Unlabelled inputs at hand: see `GenerateRequest.inputs`. */
  inputs: z.array(jsonValue).max(10_000).default([]),
  context: z.array(ContextItem).max(50).default([]),
  /** The question it takes the place of; that one and all after it go. */
  replaces: z.string().max(100).optional(),
});
export type Question = z.output<typeof Question>;

export const TurnStatus = z.enum(["running", "done", "failed", "stopped", "interrupted"]);
export type TurnStatus = z.infer<typeof TurnStatus>;

/** What validation says about a code block of an answer. */
export const CodeCheck = answer({
  /** Position of the block in the answer, from 0. */
  block: z.number().int(),
  errors: z.number().int(),
  warnings: z.number().int(),
  /** The first few, in words. */
  issues: z.array(z.string()),
});
export type CodeCheck = z.output<typeof CodeCheck>;

/** A question and what became of it. */
export const ConversationTurn = answer({
  id: z.string(),
  conversationId: z.string(),
  command: SlashCommand.nullable(),
  question: z.string(),
  language: Language,
  examples: z.array(Example),
  context: z.array(ContextItem),
  /** `interrupted`: the server went away before the answer was whole; `markdown` holds what had come. */
  status: TurnStatus,
  markdown: z.string(),
  model: z.string().nullable(),
  /** Null where no model was asked, or its provider did not say. */
  usage: Usage.nullable(),
  cached: z.boolean(),
  elapsedMs: z.number().nullable(),
  /** The program that was made, where one was and it still exists. */
  artifact: Artifact.nullable(),
  /** Of the code blocks in languages that are checked. */
  checks: z.array(CodeCheck).default([]),
  errorCode: z.enum(errorCodes).nullable(),
  errorMessage: z.string().nullable(),
  /** As the error itself had them. */
  errorDetails: jsonValue.optional(),
  rating: z.enum(["up", "down"]).nullable(),
  createdAt: z.string(),
});
export type ConversationTurn = z.output<typeof ConversationTurn>;

/** Newest first. */
export const TurnPage = answer({ items: z.array(ConversationTurn), cursor: z.string().nullable() });

export const Conversation = answer({
  id: z.string(),
  title: z.string(),
  /** How many questions it has. */
  turns: z.number().int(),
  /** Deleted ones are listed no more, can be restored for a day, and are then gone. */
  deleted: z.boolean(),
  createdAt: z.string(),
  updatedAt: z.string(),
});
export type Conversation = z.output<typeof Conversation>;

export const ConversationPage = answer({ items: z.array(Conversation), cursor: z.string().nullable() });

export const NewConversation = request({ title: z.string().trim().max(200).optional() });
export const ConversationChange = request({
  title: z.string().trim().min(1).max(200).optional(),
  /** Restores a deleted one. */
  deleted: z.literal(false).optional(),
});

export const ConversationQuery = request({
  /** In titles, questions and answers. */
  query: z.string().max(200).optional(),
  cursor: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** One more example for a turn's program: what an input that the examples leave open should become. */
export const TurnExample = request({
  input: jsonValue,
  output: jsonValue,
  inputs: z.array(jsonValue).max(10_000).default([]),
});

export const FeedbackTarget = z.enum(["turn", "artifact", "execution"]);
export type FeedbackTarget = z.infer<typeof FeedbackTarget>;

/** What the person thinks of an answer, a program or one run of it; the last word counts. */
export const Feedback = request({
  targetType: FeedbackTarget,
  targetId: z.string().min(1).max(200),
  /** Null takes it back. */
  rating: z.enum(["up", "down"]).nullable(),
  comment: z.string().max(10_000).optional(),
  /** Of an execution: what it should have given. It becomes an example of the task, in place of one with the same input. */
  expectedOutput: jsonValue.optional(),
});
export type Feedback = z.output<typeof Feedback>;

/** Null where it was taken back. */
export const FeedbackAnswer = answer({ feedbackId: z.string().nullable() });
