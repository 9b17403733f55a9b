/**
 * What the chat panel (a webview) and the extension host say to each other: two unions of plain messages, told apart
 * by `type`. The host sends deltas and patches, never the whole history. The panel makes no network call of its own.
 */
import type { Artifact, Usage, Verification } from "./artifacts.ts";
import type { SlashCommand } from "./conversations.ts";
import type { Progress } from "./generation.ts";
import type { ReviewItem, ReviewSide } from "./review.ts";
import type { Example, Language } from "./tasks.ts";

export const slashCommands = [
  "generate",
  "transform",
  "explain",
  "fix",
  "test",
  "docs",
  "validate",
] as const satisfies readonly SlashCommand[];

/** Something of the person's that may go along with a question. The text itself stays with the host until it is asked. */
export interface Chip {
  /** Known to the host: `selection`, `file`, `problems`, or `file:<path in the workspace>`. */
  readonly id: string;
  readonly kind: "selection" | "file" | "problems";
  /** File name without folders. */
  readonly label: string;
  /** Path in the workspace, for the tooltip. */
  readonly path: string;
  /** Lines, or problems. */
  readonly count: number;
  /** First and last line, from 1, where it is a part of a file. */
  readonly lines?: readonly [first: number, last: number];
}

/** What stands in the active editor when the person asks. */
export interface EditorContext {
  /** File name without folders. */
  readonly fileName: string | null;
  readonly language: Language;
  /** Lines of the selection, empty where nothing is selected. At most 10,000. */
  readonly selectedLines: readonly string[];
  /** What may go along: the selection (goes along unless it is left out), the file, its problems (only when chosen). */
  readonly chips: readonly Chip[];
}

export interface BackendState {
  readonly state: "stopped" | "starting" | "ready" | "failed";
  /** The name of the model that answers in the panel, or null: offline. */
  readonly model: string | null;
  /** What to tell the person where `state` is "failed". */
  readonly message?: string;
}

/** A model the panel's picker offers. */
export interface ModelChoice {
  /** Opaque; unique among the choices. */
  readonly id: string;
  readonly name: string;
  /** Where it answers: "Ollama on this computer", "api.openai.com", "VS Code: Copilot". */
  readonly provider: string;
}

/** A line of the list of conversations. */
export interface ConversationItem {
  readonly id: string;
  readonly title: string;
  readonly turns: number;
  /** ISO 8601. */
  readonly updatedAt: string;
}

/** A question and what became of it, as it is kept. `interrupted`: the window went away before the answer was whole. */
export interface KeptTurn {
  /** The `requestId` it was asked with. */
  readonly id: string;
  readonly question: string;
  readonly command: SlashCommand | null;
  readonly language: Language;
  /** As typed. */
  readonly examples: string;
  readonly chips: readonly Chip[];
  readonly status: "running" | "done" | "failed" | "stopped" | "interrupted";
  /** Markdown; what had come until then where it was cut off. */
  readonly markdown: string;
  readonly summary: AnswerSummary | null;
  readonly checks: readonly CodeCheck[];
  /** Its lines "on your data" are of the moment and not kept. */
  readonly program: ProgramResult | null;
  readonly errorMessage: string | null;
  readonly action: HelpfulAction | null;
  readonly rating: "up" | "down" | null;
  /** ISO 8601. */
  readonly createdAt: string;
}

/** Who answered, and what it took, from the provider's own count. */
export interface AnswerSummary {
  readonly model: string;
  /** Null where the provider did not say: never guessed. */
  readonly usage: Usage | null;
  readonly cached: boolean;
  readonly elapsedMs: number;
}

/** A button that helps. */
export interface HelpfulAction {
  readonly label: string;
  readonly command: PanelCommand;
}

/** Checked before it was shown; 0 errors and 0 warnings is a clean one. */
export interface CodeCheck {
  /** Position of the code block in the answer, from 0. */
  readonly block: number;
  readonly errors: number;
  readonly warnings: number;
  /** The first few, in words: "line 3: 'os' is imported but unused". */
  readonly issues: readonly string[];
}

/** One line of the card's "on your data" table. */
export interface PreviewRow {
  readonly input: string;
  /** Null where the program failed on this line; `error` says why. */
  readonly output: string | null;
  readonly error?: string;
}

/** A line of the person's that programs which fit the examples read in different ways. */
export interface Doubt {
  readonly input: string;
  /** What the program makes of it; null: nothing. */
  readonly current: string | null;
  /** What others make of it: at least one. */
  readonly others: readonly string[];
}

/** Everything the result card shows about a program. */
export interface ProgramResult {
  readonly artifact: Artifact;
  readonly verification: Verification;
  /** The program's output on the first lines of the selection (at most 50), empty without a selection. */
  readonly preview: readonly PreviewRow[];
  readonly selectedCount: number;
  /** Worth asking about; each answer becomes one more example. */
  readonly doubts: readonly Doubt[];
  /** Examples that look like slips, as they were typed. */
  readonly oddExamples: readonly string[];
}

export type FromWebview =
  | { readonly type: "ready" }
  | {
      readonly type: "ask";
      /** Made by the panel; all answers to this question carry it. */
      readonly requestId: string;
      /** Null: a new conversation begins with it. */
      readonly conversationId: string | null;
      readonly command: SlashCommand | null;
      readonly question: string;
      readonly language: Language;
      /** Raw text of the examples box: one `in => out` a line. */
      readonly examples: string;
      /** Ids of the chips that go along. */
      readonly context: readonly string[];
      /** The question this one takes the place of (edited or regenerated); it and all after it go. Null: it comes last. */
      readonly replaces: string | null;
    }
  | { readonly type: "stop"; readonly requestId: string }
  | { readonly type: "getContext" }
  /** For `@` in the composer; answered by `files`. */
  | { readonly type: "findFiles"; readonly query: string }
  /** Answered by `conversations`. */
  | { readonly type: "listConversations"; readonly query: string; readonly cursor: string | null }
  /** Answered by `conversation`; null: an empty new one. */
  | { readonly type: "openConversation"; readonly conversationId: string | null }
  /** Answered by `earlierTurns`. */
  | { readonly type: "loadEarlier"; readonly conversationId: string; readonly cursor: string }
  | { readonly type: "renameConversation"; readonly conversationId: string; readonly title: string }
  /** Can be taken back by `restoreConversation` until the next day. */
  | { readonly type: "deleteConversation"; readonly conversationId: string }
  | { readonly type: "restoreConversation"; readonly conversationId: string }
  | { readonly type: "exportConversation"; readonly conversationId: string }
  /** Answered by `models`. */
  | { readonly type: "listModels" }
  /** For the panel's answers; null: offline. */
  | { readonly type: "chooseModel"; readonly id: string | null }
  | {
      readonly type: "rate";
      readonly requestId: string;
      /** Null takes the rating back. */
      readonly rating: "up" | "down" | null;
      readonly comment: string;
    }
  /** Buttons under a piece of code. */
  | { readonly type: "copyCode"; readonly code: string }
  /** Goes where the question was asked; see `extension/editor/target.ts`. */
  | { readonly type: "insertCode"; readonly requestId: string; readonly code: string }
  | { readonly type: "openCode"; readonly code: string; readonly language: string }
  /** Buttons of the result card. */
  | { readonly type: "applyProgram"; readonly requestId: string }
  /** What a doubtful line should become: the program is made again, and the same `requestId` answered anew. */
  | {
      readonly type: "answerDoubt";
      readonly requestId: string;
      readonly input: string;
      readonly output: string;
    }
  | { readonly type: "runOnFile"; readonly requestId: string }
  | { readonly type: "saveTask"; readonly requestId: string }
  /** Answered by `review`: some of what waits for the person's verdict. */
  | { readonly type: "getReview" }
  | {
      readonly type: "judge";
      /** Of the execution. */
      readonly id: string;
      readonly taskId: string;
      readonly right: boolean;
      /** What the output should have been, as JSON; null where the person did not say. */
      readonly expected: string | null;
    }
  | {
      readonly type: "judgeDifference";
      /** Of the disagreement. */
      readonly id: string;
      readonly taskId: string;
      readonly side: ReviewSide;
    }
  /** Links and buttons of the empty and failed states. */
  | { readonly type: "runCommand"; readonly command: PanelCommand };

/** The only commands the panel may ask for. */
export const panelCommands = [
  "hapa.setApiKey",
  "hapa.chooseModel",
  "hapa.setUpPython",
  "hapa.testConnection",
  "hapa.doctor",
  "hapa.showLog",
  "hapa.openSettings",
] as const;
export type PanelCommand = (typeof panelCommands)[number];

export type ToWebview =
  | { readonly type: "context"; readonly context: EditorContext }
  | { readonly type: "backend"; readonly backend: BackendState }
  /** Puts a question in the composer (from a command), and asks it where `send` is true. */
  | {
      readonly type: "compose";
      readonly question: string;
      readonly command?: SlashCommand;
      /** Go along whatever the editor shows. */
      readonly chips?: readonly Chip[];
      readonly examples?: string;
      readonly language?: Language;
      readonly send: boolean;
    }
  | { readonly type: "files"; readonly query: string; readonly chips: readonly Chip[] }
  | {
      readonly type: "conversations";
      readonly query: string;
      readonly items: readonly ConversationItem[];
      /** Asks for more; null at the end. */
      readonly cursor: string | null;
      /** False: `items` follow those of the earlier page. */
      readonly first: boolean;
    }
  /** Takes the place of what the panel shows: the last turns of a conversation, oldest first. */
  | {
      readonly type: "conversation";
      readonly conversation: ConversationItem | null;
      readonly turns: readonly KeptTurn[];
      /** Asks for the turns before them; null where there are none. */
      readonly earlier: string | null;
    }
  | {
      readonly type: "earlierTurns";
      readonly conversationId: string;
      readonly turns: readonly KeptTurn[];
      readonly earlier: string | null;
    }
  /** A conversation was begun, named, renamed, deleted or restored. `deleted` is shown with Undo. */
  | { readonly type: "conversationChanged"; readonly conversation: ConversationItem; readonly deleted: boolean }
  | { readonly type: "models"; readonly current: string | null; readonly models: readonly ModelChoice[] }
  /** The question is kept and under way: its conversation, and what went along. */
  | {
      readonly type: "asked";
      readonly requestId: string;
      readonly conversationId: string;
      readonly chips: readonly Chip[];
    }
  | { readonly type: "progress"; readonly requestId: string; readonly progress: Progress }
  | { readonly type: "delta"; readonly requestId: string; readonly text: string }
  /** The end of an answer that went well. Markdown text, and the program where one was made. */
  | {
      readonly type: "showResult";
      readonly requestId: string;
      readonly markdown: string;
      readonly summary: AnswerSummary;
      /** What validation says about the code blocks of the answer; blocks of other languages are not in it. */
      readonly checks: readonly CodeCheck[];
      readonly program?: ProgramResult;
      /** The examples as text, where an answer added one. */
      readonly examples?: string;
      /** Set where the program was not proven: it is shown with its failures, and has no Apply. */
      readonly errorMessage?: string;
    }
  | {
      readonly type: "failed";
      readonly requestId: string;
      readonly message: string;
      readonly action?: HelpfulAction;
      /** Limited: milliseconds until it may be asked again. The panel counts down. */
      readonly retryAfterMs?: number;
    }
  /** The rating as it is kept now. */
  | { readonly type: "rated"; readonly requestId: string; readonly rating: "up" | "down" | null }
  | { readonly type: "stopped"; readonly requestId: string }
  | { readonly type: "review"; readonly items: readonly ReviewItem[]; readonly waiting: number }
  /** A verdict was not kept: it is asked for again. */
  | { readonly type: "reviewFailed"; readonly id: string; readonly message: string }
  /** What became of a card's button: "applied" and "saved" stay visible on the card. */
  | {
      readonly type: "programState";
      readonly requestId: string;
      readonly state: "applied" | "saved";
      readonly label: string;
    };

/** An example as the person types it; see `extension/examples.ts` for the text form. */
export type TypedExample = Example;
