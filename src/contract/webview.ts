/**
 * What the chat panel (a webview) and the extension host say to each other: two unions of plain messages, told apart
 * by `type`. The host sends deltas and patches, never the whole history. The panel makes no network call of its own.
 */
import type { Artifact, Usage, Verification } from "./artifacts.ts";
import type { Progress } from "./generation.ts";
import type { Example, Language } from "./tasks.ts";

/** What stands in the active editor when the person asks. */
export interface EditorContext {
  /** Shown on the chip: file name without folders. */
  readonly fileName: string | null;
  readonly language: Language;
  /** Lines of the selection, empty where nothing is selected. At most 10,000. */
  readonly selectedLines: readonly string[];
}

export interface BackendState {
  readonly state: "stopped" | "starting" | "ready" | "failed";
  /** The model's name, or null: offline. */
  readonly model: string | null;
  /** What to tell the person where `state` is "failed". */
  readonly message?: string;
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
      readonly type: "generateCode";
      /** Made by the panel; all answers to this question carry it. */
      readonly requestId: string;
      readonly question: string;
      readonly language: Language;
      /** Raw text of the examples box: one `in => out` a line. */
      readonly examples: string;
      /** Whether the selection goes along as context. */
      readonly includeSelection: boolean;
    }
  | { readonly type: "stop"; readonly requestId: string }
  | { readonly type: "getContext" }
  /** Buttons under a piece of code. */
  | { readonly type: "copyCode"; readonly code: string }
  | { readonly type: "insertCode"; readonly code: string }
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
  /** Links and buttons of the empty and failed states. */
  | { readonly type: "runCommand"; readonly command: PanelCommand };

/** The only commands the panel may ask for. */
export const panelCommands = [
  "hapa.setApiKey",
  "hapa.chooseModel",
  "hapa.setUpPython",
  "hapa.testConnection",
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
      readonly examples?: string;
      readonly language?: Language;
      readonly send: boolean;
    }
  | { readonly type: "progress"; readonly requestId: string; readonly progress: Progress }
  | { readonly type: "delta"; readonly requestId: string; readonly text: string }
  /** The end of an answer that went well. Markdown text, and the program where one was made. */
  | {
      readonly type: "showResult";
      readonly requestId: string;
      readonly markdown: string;
      readonly model: string;
      readonly usage: Usage | null;
      readonly cached: boolean;
      readonly elapsedMs: number;
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
      /** A button that helps. */
      readonly action?: { readonly label: string; readonly command: PanelCommand };
    }
  | { readonly type: "stopped"; readonly requestId: string }
  /** What became of a card's button: "applied" and "saved" stay visible on the card. */
  | {
      readonly type: "programState";
      readonly requestId: string;
      readonly state: "applied" | "saved";
      readonly label: string;
    };

/** An example as the person types it; see `extension/examples.ts` for the text form. */
export type TypedExample = Example;
