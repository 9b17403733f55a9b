/** The chat panel: a webview view in HAPA's own container of the activity bar. */
import * as vscode from "vscode";
import type { FromWebview, ToWebview } from "../../contract/webview.ts";
import { currentSnapshot, editorContext } from "../editor/context.ts";
import { openText, showError } from "../notify.ts";
import type { Workshop } from "../workshop.ts";
import { createConversation } from "./conversation.ts";
import { readMessage } from "./messages.ts";
import { panelPage } from "./page.ts";

type Compose = Omit<Extract<ToWebview, { type: "compose" }>, "type"> & {
  /** What is wanted of it, and what it is about: not told to the page yet. */
  readonly command?: "fix" | "explain";
  readonly about?: {
    readonly uri: vscode.Uri;
    readonly range: vscode.Range;
    readonly problems: readonly vscode.Diagnostic[];
  };
};

export interface Panel extends vscode.Disposable {
  /** Shows the panel with a question in its composer, and asks it where `send` is true. */
  compose(question: Compose): Promise<void>;
}

/** Selections change with every key: the panel hears of the last one. */
const settleMs = 150;

export function createPanel(context: vscode.ExtensionContext, app: Workshop): Panel {
  let view: vscode.WebviewView | undefined;
  let pageIsReady = false;
  let settling: NodeJS.Timeout | undefined;
  /** Messages for a page that is not there yet. */
  let waiting: ToWebview[] = [];

  const post = (message: ToWebview): void => {
    if (view && pageIsReady) void view.webview.postMessage(message);
  };
  const postContext = (): void =>
    post({ type: "context", context: editorContext(currentSnapshot(app.previews.inFront()), app.programLanguage()) });
  const contextChanged = (): void => {
    clearTimeout(settling);
    if (view?.visible) settling = setTimeout(postContext, settleMs);
  };
  const conversation = createConversation(app, post);

  const onReady = (): void => {
    pageIsReady = true;
    postContext();
    post({ type: "backend", backend: app.backend.state() });
    // The person is about to ask; the state that follows tells the panel how it went.
    app.backend.get().catch((error: unknown) => app.log.error("The backend did not start.", error));
    for (const message of waiting) post(message);
    waiting = [];
  };

  const handle = async (message: FromWebview): Promise<unknown> => {
    switch (message.type) {
      case "ready":
        return onReady();
      case "getContext":
        return postContext();
      case "generateCode":
        return conversation.ask(message);
      case "stop":
        return conversation.stop(message.requestId);
      case "copyCode":
        return vscode.env.clipboard.writeText(message.code);
      case "insertCode":
        return insert(message.code);
      case "openCode":
        return openCode(message.code, message.language);
      case "answerDoubt":
        return conversation.answer(message);
      case "applyProgram":
        return conversation.apply(message.requestId);
      case "saveTask":
        return conversation.save(message.requestId);
      case "runOnFile": {
        const { taskId, version } = conversation.program(message.requestId);
        return vscode.commands.executeCommand("hapa.runOnFile", { task: taskId, version });
      }
      case "runCommand":
        return vscode.commands.executeCommand(message.command);
    }
  };

  const provider: vscode.WebviewViewProvider = {
    resolveWebviewView(resolved) {
      view = resolved;
      pageIsReady = false;
      const files = vscode.Uri.joinPath(context.extensionUri, "dist", "webview");
      resolved.webview.options = { enableScripts: true, localResourceRoots: [files] };
      resolved.webview.onDidReceiveMessage((value: unknown) => {
        const message = readMessage(value);
        if (!message) return app.log.warn("A message from the panel was not understood and dropped.");
        handle(message).catch((error: unknown) => showError(app.log, error));
      });
      resolved.onDidChangeVisibility(contextChanged);
      resolved.onDidDispose(() => {
        view = undefined;
        pageIsReady = false;
        conversation.stopAll();
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
    app.backend.onDidChange((backend) => {
      post({ type: "backend", backend });
      contextChanged(); // A model may have been set up, or another language chosen for programs.
    }),
  );

  return {
    async compose({ command: _, about: __, ...question }) {
      const message: ToWebview = { type: "compose", ...question };
      if (!pageIsReady) waiting.push(message);
      await vscode.commands.executeCommand("hapa.panel.focus");
      if (pageIsReady && waiting.length === 0) post(message);
    },
    dispose() {
      clearTimeout(settling);
      conversation.stopAll();
      subscription.dispose();
    },
  };
}

/** At the cursor, in place of what is selected: the person pressed Insert. One undo step. */
async function insert(code: string): Promise<void> {
  const editor = vscode.window.activeTextEditor;
  if (!editor) return openText(code, "plaintext");
  await editor.edit((edit) => edit.replace(editor.selection, code));
}

async function openCode(code: string, language: string): Promise<void> {
  const known = await vscode.languages.getLanguages();
  return openText(code, known.includes(language) ? language : "plaintext");
}
