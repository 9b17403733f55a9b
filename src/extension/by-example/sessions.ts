/**
 * Transform by Example: which documents are being transformed, and everything the editor tells of them. Listens only
 * while there is a session.
 */
import * as vscode from "vscode";
import type { Arguments } from "../commands/arguments.ts";
import { Notice } from "../errors.ts";
import { inWords } from "../in-words.ts";
import { showError } from "../notify.ts";
import type { Workshop } from "../workshop.ts";
import { previewOf, replaceBy } from "./accept.ts";
import { askAbout } from "./ask.ts";
import { choose, nameOfFile } from "./choose-pieces.ts";
import { createFollower, type Follower, isOpen } from "./follow.ts";
import { learn } from "./learn.ts";
import { createRows } from "./lesson.ts";
import { createSession, type DoubtfulPiece, type Session } from "./session.ts";
import { lineOf, type Standing, standingOf } from "./standing.ts";
import { createSurface, type Surface } from "./surface.ts";
import { createTracker } from "./track.ts";

export interface Sessions {
  /** @throws Notice where there is nothing to work on, saying what to do */
  start(kind: "selection" | "column"): Promise<Standing>;
  /** Learns at once from what is edited, and gives what came of it. */
  show(): Promise<Standing>;
  /** Replaces what the preview shows; where that has just changed, shows it first instead (`changed`). */
  accept(): Promise<Standing>;
  /** Asks about the next doubtful piece, or takes the arguments `input` and `output` for the answer. */
  ask(given: Arguments): Promise<Standing>;
  leave(): Promise<Standing>;
  dispose(): void;
}

interface Running {
  readonly session: Session;
  readonly document: vscode.TextDocument;
  readonly follower: Follower;
}

/** How long after an edit its line counts as done though the cursor still stands on it, in ms. */
const pauseMs = 900;

export function createSessions(app: Workshop, extensionUri: vscode.Uri): Sessions {
  const all = new Map<string, Running>();
  let surface: Surface | undefined;
  let listening: vscode.Disposable | undefined;

  const of = (document: vscode.TextDocument | undefined): Running | undefined =>
    document && all.get(document.uri.toString());
  const inFront = async (): Promise<Running> => {
    const running = find();
    await running.follower.settled();
    return all.get(running.document.uri.toString()) === running ? running : find();
  };
  const find = (): Running => {
    const running = of(vscode.window.activeTextEditor?.document);
    if (running) return running;
    throw new Notice(
      vscode.l10n.t("Start Transform by Example first: select the lines, then choose it in the HAPA menu."),
    );
  };
  const end = ({ session, document }: Running): void => {
    session.end();
    all.delete(document.uri.toString());
    surface?.show();
    if (all.size > 0) return;
    listening?.dispose();
    surface?.dispose();
    listening = surface = undefined;
  };
  const endBecause = (running: Running, why: string): void => {
    end(running);
    void vscode.window.showWarningMessage(why);
  };

  const endWhereClosed = (): void => {
    for (const running of [...all.values()])
      if (!isOpen(running.document))
        endBecause(
          running,
          vscode.l10n.t(
            "{0} was closed, so Transform by Example has ended. Nothing was replaced.",
            nameOfFile(running.document),
          ),
        );
  };

  const listen = (): vscode.Disposable =>
    vscode.Disposable.from(
      vscode.workspace.onDidChangeTextDocument((event) => of(event.document)?.follower.changed(event)),
      vscode.workspace.onDidSaveTextDocument((document) => of(document)?.follower.saved()),
      vscode.workspace.onDidCloseTextDocument(endWhereClosed),
      // The document may be kept for long after its last tab was closed.
      vscode.window.tabGroups.onDidChangeTabs(({ closed }) => {
        if (closed.length > 0) endWhereClosed();
      }),
      vscode.window.onDidChangeTextEditorSelection(({ textEditor, selections }) => {
        const lines = new Set(selections.map(({ active }) => active.line));
        of(textEditor.document)?.session.cursorsOn(lines);
      }),
    );

  const nothingYet = (running: Running): Standing => {
    const { session } = running;
    const why =
      session.phase() === "ready"
        ? vscode.l10n.t("The program leaves the other lines as they are, so there is nothing to accept.")
        : vscode.l10n.t("There is nothing to accept yet: edit a line or two the way they should be.");
    void vscode.window.showInformationMessage(session.problem() ?? why);
    return standingOf(running.session);
  };
  const replace = async (running: Running): Promise<Standing> => {
    const { session, document } = running;
    const preview = previewOf(session, document);
    if (!preview) return nothingYet(running);
    const result = standingOf(running.session, "accepted");
    end(running);
    await replaceBy(app, preview);
    return result;
  };

  return {
    async start(kind) {
      const { document, pieces, lines, edited, editor } = await choose(kind, app.previews.hasReplaced);
      if (of(document))
        throw new Notice(
          vscode.l10n.t(
            "Transform by Example is on in {0} already: accept the preview or leave it first.",
            nameOfFile(document),
          ),
        );
      surface ??= createSurface(extensionUri, (document) => of(document)?.session);
      const { draw, show } = surface;
      const tracker = createTracker(lines, pieces.spans, pieces.anchor);
      const rows = createRows(tracker, pieces);
      for (const [piece, before] of edited) rows.began(piece, before);
      const session = createSession({
        tracker,
        rows,
        pauseMs,
        learn: (...wish) => learn(app, ...wish),
        words: inWords,
        describe: ({ input, pieces: [one, other] }) =>
          vscode.l10n.t(
            "Lines {0} and {1} were both “{2}” and became different things. Make them the same.",
            lineOf(session, one) + 1,
            lineOf(session, other) + 1,
            input,
          ),
        onFailure: (error) => showError(app.log, error),
        onChange() {
          draw(document);
          show();
        },
      });
      const follower = createFollower(session, document, (why) => {
        const own = of(document);
        if (own?.session === session) endBecause(own, why);
      });
      all.set(document.uri.toString(), { session, document, follower });
      listening ??= listen();
      // Typing would replace all that is selected.
      if (!editor.selection.isEmpty || editor.selections.length > 1) {
        const { line, character } = pieces.spans[0]?.end ?? editor.selection.active;
        const cursor = new vscode.Position(line, character);
        editor.selection = new vscode.Selection(cursor, cursor);
      }
      draw(document);
      show();
      // The backend is needed at the first example; a start that fails is told then.
      app.backend.get().catch((error: unknown) => app.log.error("The backend did not start.", error));
      void session.learnNow();
      return standingOf(session);
    },

    async show() {
      const running = await inFront();
      await running.session.learnNow();
      return standingOf(running.session);
    },

    async accept() {
      const running = await inFront();
      const { session } = running;
      const seen = session.learned();
      await session.learnNow();
      if (seen && session.learned() === seen && session.phase() === "ready") return replace(running);
      if (session.ended.aborted) return standingOf(running.session, "left");
      if (session.phase() !== "ready") return nothingYet(running);
      vscode.window.setStatusBarMessage(
        vscode.l10n.t("HAPA: the preview has just changed; accept once more to take it."),
        8_000,
      );
      return standingOf(running.session, "changed");
    },

    async ask(given) {
      const running = await inFront();
      const { session, document } = running;
      await session.learnNow();
      const [input, output] = [given.text("input"), given.text("output")];
      if (input !== undefined && output !== undefined) {
        await session.answer(input, output);
        return standingOf(running.session);
      }
      const editor =
        vscode.window.visibleTextEditors.find(
          (one) => one === vscode.window.activeTextEditor && one.document === document,
        ) ?? (await vscode.window.showTextDocument(document));
      await askAbout(session, editor, nextDoubt(session, given.number("line") ?? editor.selection.active.line));
      return standingOf(running.session);
    },

    async leave() {
      const running = await inFront();
      const result = standingOf(running.session, "left");
      end(running);
      vscode.window.setStatusBarMessage(vscode.l10n.t("HAPA: left Transform by Example; your own edits stay."), 8_000);
      return result;
    },

    dispose() {
      for (const running of [...all.values()]) end(running);
    },
  };
}

/** The doubtful pieces, beginning with the first on this line or below it. */
function nextDoubt(session: Session, line: number): DoubtfulPiece[] {
  const doubts = session.doubts();
  const from = doubts.findIndex(({ piece }) => lineOf(session, piece) >= line);
  return from <= 0 ? [...doubts] : [...doubts.slice(from), ...doubts.slice(0, from)];
}
