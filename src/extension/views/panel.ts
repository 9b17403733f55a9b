/** The chat panel: a webview view in HAPA's own container of the activity bar. */
import * as vscode from "vscode";
import type { FromWebview, ToWebview } from "../../contract/webview.ts";
import { editorContext } from "../editor/context.ts";
import { currentPlace } from "../editor/place.ts";
import { createTargets } from "../editor/target.ts";
import type { ModelCatalogue } from "../models/catalogue.ts";
import { showError } from "../notify.ts";
import type { Workshop } from "../workshop.ts";
import { type About, createChips } from "./chips.ts";
import { createConversation } from "./conversation.ts";
import { handle } from "./handle.ts";
import { createHistory } from "./history.ts";
import { readMessage } from "./messages.ts";
import { panelPage } from "./page.ts";
import { createReviewQueue } from "./review.ts";
import { createSession } from "./session.ts";

type Composed = Extract<ToWebview, { type: "compose" }>;

export interface Compose extends Omit<Composed, "type" | "chips"> {
  /** A place the question is about, whatever the editor shows: it goes along, and code of the answer goes there. */
  readonly about?: About;
}

export interface Panel extends vscode.Disposable {
  /** Shows the panel with a question in its composer, and asks it where `send` is true. */
  compose(question: Compose): Promise<void>;
  /** Does what the panel's page asks for. */
  receive(message: FromWebview): Promise<void>;
  /** What the page is told. */
  readonly onDidPost: vscode.Event<ToWebview>;
}

/** Selections change with every key: the panel hears of the last one. */
const settleMs = 150;

export function createPanel(context: vscode.ExtensionContext, app: Workshop, models: ModelCatalogue): Panel {
  const posted = new vscode.EventEmitter<ToWebview>();
  let view: vscode.WebviewView | undefined;
  let pageIsReady = false;
  let settling: NodeJS.Timeout | undefined;
  /** Questions for a page that does not show its conversation yet. */
  let waiting: ToWebview[] | undefined = [];

  const post = (message: ToWebview): void => {
    posted.fire(message);
    if (view && pageIsReady) void view.webview.postMessage(message);
  };
  const postContext = (): void =>
    post({ type: "context", context: editorContext(currentPlace(app.previews.inFront()), app.programLanguage()) });
  const contextChanged = (): void => {
    clearTimeout(settling);
    if (view?.visible) settling = setTimeout(postContext, settleMs);
  };
  const targets = createTargets();
  const chips = createChips(targets);
  const session = createSession(context.workspaceState);
  const conversation = createConversation({ app, session, targets, post, find: chips.find });
  const history = createHistory({ app, session, post, running: conversation.running });

  const review = createReviewQueue({ app, post });

  const onReady = async (): Promise<void> => {
    pageIsReady = true;
    postContext();
    post({ type: "backend", backend: app.backend.state() });
    try {
      // The person is about to ask: the backend starts; the state that follows tells the panel how it went.
      await app.backend.get();
      await history.openLast();
    } catch (error) {
      app.log.error("The last conversation cannot be shown.", error);
    }
    for (const message of waiting ?? []) post(message);
    waiting = undefined;
  };
  const receive = async (message: FromWebview): Promise<void> => {
    if (message.type === "ready") await onReady();
    else if (message.type === "getContext") postContext();
    else await handle(message, { app, models, session, conversation, history, chips, review, post });
  };
  const receiveSafely = (value: unknown): void => {
    const message = readMessage(value);
    if (message) receive(message).catch((error: unknown) => showError(app.log, error));
    else app.log.warn("A message from the panel was not understood and dropped.");
  };

  const provider: vscode.WebviewViewProvider = {
    resolveWebviewView(resolved) {
      view = resolved;
      pageIsReady = false;
      const files = vscode.Uri.joinPath(context.extensionUri, "dist", "webview");
      resolved.webview.options = { enableScripts: true, localResourceRoots: [files] };
      resolved.webview.onDidReceiveMessage(receiveSafely);
      resolved.onDidChangeVisibility(contextChanged);
      // What is being answered goes on, and is there when the view is opened again.
      resolved.onDidDispose(() => {
        view = undefined;
        pageIsReady = false;
        waiting = [];
      });
      resolved.webview.html = panelPage(resolved.webview, files);
    },
  };

  const subscription = vscode.Disposable.from(
    vscode.window.registerWebviewViewProvider("hapa.panel", provider, {
      webviewOptions: { retainContextWhenHidden: true },
    }),
    vscode.window.onDidChangeTextEditorSelection(contextChanged),
    vscode.window.onDidChangeActiveTextEditor(contextChanged),
    vscode.languages.onDidChangeDiagnostics(({ uris }) => {
      const shown = vscode.window.activeTextEditor?.document.uri.toString();
      if (uris.some((uri) => uri.toString() === shown)) contextChanged();
    }),
    app.backend.onDidChange((backend) => {
      post({ type: "backend", backend });
      contextChanged(); // A model may have been set up, or another language chosen for programs.
    }),
  );

  return {
    receive,
    onDidPost: posted.event,
    async compose({ about, ...question }) {
      const message: ToWebview = {
        type: "compose",
        ...question,
        ...(about ? { chips: await chips.about(about) } : {}),
      };
      waiting?.push(message);
      const queued = waiting !== undefined;
      await vscode.commands.executeCommand("hapa.panel.focus");
      if (!queued) post(message);
    },
    dispose() {
      clearTimeout(settling);
      subscription.dispose();
      targets.dispose();
      posted.dispose();
    },
  };
}
