/** One question in the panel's state, from when it is asked or read from what was kept. Pure. */
import type { Progress } from "../../src/contract/generation.ts";
import type { Language } from "../../src/contract/tasks.ts";
import type {
  AnswerSummary,
  Chip,
  CodeCheck,
  Doubt,
  FromWebview,
  HelpfulAction,
  KeptTurn,
  ProgramResult,
} from "../../src/contract/webview.ts";

export type AskMessage = Extract<FromWebview, { type: "ask" }>;
export type Rating = "up" | "down";

export interface Turn {
  readonly id: string;
  readonly question: string;
  readonly command: AskMessage["command"];
  readonly examples: string;
  readonly language: Language;
  /** What went along. */
  readonly chips: readonly Chip[];
  /** `interrupted`: the window went away while it ran; it comes alive again with the host's next message about it. */
  readonly status: KeptTurn["status"];
  /** Markdown: what streamed so far, then the final text. */
  readonly text: string;
  readonly progress: Progress | null;
  readonly summary: AnswerSummary | null;
  readonly checks: readonly CodeCheck[];
  readonly program: ProgramResult | null;
  readonly errorMessage: string | null;
  readonly action: HelpfulAction | null;
  /** Limited: when it may be asked again, in ms since 1970. */
  readonly retryAt: number | null;
  readonly rating: Rating | null;
  /** What the host said when the program was applied or saved. */
  readonly applied: string | null;
  readonly saved: string | null;
  /** True while the card's program is made again with one more example; the card stays. */
  readonly learnsMore: boolean;
  /** Inputs of doubtful lines that the person left open. */
  readonly skipped: readonly string[];
  /** Why the answer about a doubtful line came to nothing. */
  readonly doubtError: string | null;
}

/** Lines of a proven program that are still to be decided. */
export function openDoubts({ program, errorMessage, skipped }: Turn): readonly Doubt[] {
  if (!program?.verification.passed || errorMessage !== null) return [];
  return program.doubts.filter(({ input }) => !skipped.includes(input));
}

/** May still be answered. */
export function isOpen({ status }: Turn): boolean {
  return status === "running" || status === "interrupted";
}

const blank = {
  text: "",
  progress: null,
  summary: null,
  checks: [],
  program: null,
  errorMessage: null,
  action: null,
  retryAt: null,
  rating: null,
  applied: null,
  saved: null,
  learnsMore: false,
  skipped: [],
  doubtError: null,
} as const satisfies Partial<Turn>;

/** A question that was just asked. */
export function newTurn(request: AskMessage, chips: readonly Chip[]): Turn {
  const { requestId: id, question, command, examples, language } = request;
  return { ...blank, id, question, command, examples, language, chips, status: "running" };
}

/**
 * A question as the host kept it. What only the panel knows is taken over from `shown`, the same question on the page:
 * the preview "on your lines" of the same program, what was applied, which doubts were skipped.
 */
export function keptTurn(kept: KeptTurn, shown: Turn | undefined): Turn {
  const { id, question, command, examples, language, chips, status, markdown, summary, checks, rating } = kept;
  const { errorMessage, action } = kept;
  const read = {
    id,
    question,
    command,
    examples,
    language,
    chips,
    status,
    summary,
    checks,
    rating,
    errorMessage,
    action,
  };
  const sameProgram = kept.program !== null && shown?.program?.artifact.id === kept.program.artifact.id;
  return {
    ...blank,
    ...(shown === undefined
      ? {}
      : { applied: shown.applied, saved: shown.saved, skipped: shown.skipped, retryAt: shown.retryAt }),
    ...read,
    text: markdown,
    program: sameProgram ? (shown?.program ?? kept.program) : kept.program,
  };
}
