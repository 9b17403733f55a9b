/** One question in the panel's state, from when it is asked. Pure. */
import type { Usage } from "../../src/contract/artifacts.ts";
import type { Progress } from "../../src/contract/generation.ts";
import type { Language } from "../../src/contract/tasks.ts";
import type { Doubt, EditorContext, FromWebview, PanelCommand, ProgramResult } from "../../src/contract/webview.ts";

export type GenerateMessage = Extract<FromWebview, { type: "generateCode" }>;

/** `interrupted`: the panel was gone while it ran; it comes alive again with the host's next message about it. */
export type TurnStatus = "running" | "interrupted" | "done" | "failed" | "stopped";

export interface Turn {
  readonly id: string;
  readonly question: string;
  readonly examples: string;
  readonly language: Language;
  /** The lines that went along; null where none did. */
  readonly selection: { readonly fileName: string; readonly count: number } | null;
  readonly status: TurnStatus;
  /** Markdown: what streamed so far, then the final text. */
  readonly text: string;
  readonly progress: Progress | null;
  readonly summary: {
    readonly model: string;
    readonly usage: Usage | null;
    readonly cached: boolean;
    readonly elapsedMs: number;
  } | null;
  readonly program: ProgramResult | null;
  readonly errorMessage: string | null;
  readonly action: { readonly label: string; readonly command: PanelCommand } | null;
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

export function newTurn(request: GenerateMessage, context: EditorContext | null): Turn {
  const count = context?.selectedLines.length ?? 0;
  return {
    id: request.requestId,
    question: request.question,
    examples: request.examples,
    language: request.language,
    selection: request.includeSelection ? { fileName: context?.fileName ?? "", count } : null,
    status: "running",
    text: "",
    progress: null,
    summary: null,
    program: null,
    errorMessage: null,
    action: null,
    applied: null,
    saved: null,
    learnsMore: false,
    skipped: [],
    doubtError: null,
  };
}
