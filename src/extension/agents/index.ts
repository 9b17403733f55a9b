/** Where people already are: VS Code's chat, the tools of its agents, and its list of MCP servers. All loaded when first used. */
import * as vscode from "vscode";
import { inWords } from "../in-words.ts";
import { showError } from "../notify.ts";
import type { Workshop } from "../workshop.ts";
import type { Chat } from "./chat.ts";

/** A tool's two steps, in a module of its own. */
export interface ToolModule {
  /** @throws Error whose message tells an agent what to do */
  readonly invoke: (app: Workshop, input: unknown, signal: AbortSignal) => Promise<string>;
  /** What the person reads while it runs. */
  readonly describe: (input: unknown) => string;
}

const tools: Readonly<Record<string, () => Promise<ToolModule>>> = {
  hapa_generate_program: () => import("./generate-tool.ts"),
  hapa_run_program: () => import("./run-tool.ts"),
};

export function registerAgents(app: Workshop, context: vscode.ExtensionContext): vscode.Disposable {
  // Editors that are built on VS Code do not all have these.
  const { chat, lm } = vscode as Partial<typeof vscode>;
  const registered: vscode.Disposable[] = [];
  if (lm?.registerTool) {
    for (const [name, load] of Object.entries(tools)) registered.push(lm.registerTool(name, toolOf(app, load)));
  }
  if (lm?.registerMcpServerDefinitionProvider) {
    const version = String(context.extension.packageJSON.version);
    registered.push(lm.registerMcpServerDefinitionProvider("hapa.mcp", mcpProvider(app, version)));
  }
  if (chat?.createChatParticipant) {
    registered.push(...registerChat(app, context, chat));
  }
  return vscode.Disposable.from(...registered);
}

function registerChat(
  app: Workshop,
  { extensionUri }: vscode.ExtensionContext,
  chat: typeof vscode.chat,
): vscode.Disposable[] {
  let loaded: Promise<Chat> | undefined;
  const load = () => {
    loaded ??= import("./chat.ts").then(({ createChat }) => createChat(app));
    return loaded;
  };
  const participant = chat.createChatParticipant("hapa.chat", async (request, _, stream, token) =>
    (await load()).answer(request, stream, token),
  );
  const icon = (name: string) => vscode.Uri.joinPath(extensionUri, "media", "icons", name);
  participant.iconPath = { light: icon("hapa.svg"), dark: icon("hapa-dark.svg") };
  const button = (name: "apply" | "save") =>
    vscode.commands.registerCommand(`hapa.chat.${name}`, async (id: unknown) => {
      try {
        return await (await load())[name](String(id));
      } catch (error) {
        return { message: inWords(showError(app.log, error).message) };
      }
    });
  return [participant, button("apply"), button("save")];
}

function toolOf(app: Workshop, load: () => Promise<ToolModule>): vscode.LanguageModelTool<unknown> {
  return {
    async prepareInvocation({ input }) {
      return { invocationMessage: (await load()).describe(input) };
    },
    async invoke({ input }, token) {
      const { invoke } = await load();
      const { toolError } = await import("./tool-input.ts");
      const stop = new AbortController();
      const cancelling = token.onCancellationRequested(() => stop.abort());
      try {
        const text = await invoke(app, input, stop.signal);
        return new vscode.LanguageModelToolResult([new vscode.LanguageModelTextPart(text)]);
      } catch (error) {
        if (stop.signal.aborted) throw new vscode.CancellationError();
        throw toolError(error);
      } finally {
        cancelling.dispose();
        app.backend.tell();
      }
    },
  };
}

/** The backend is started, and its key handed over, only when an agent wants to talk to it. */
function mcpProvider({ backend }: Workshop, version: string): vscode.McpServerDefinitionProvider {
  const addressOf = (url: string) => vscode.Uri.parse(`${url}/mcp`, true);
  return {
    provideMcpServerDefinitions: () => {
      const url = backend.running()?.url ?? "http://127.0.0.1:8000";
      return [new vscode.McpHttpServerDefinition("HAPA", addressOf(url), {}, version)];
    },
    async resolveMcpServerDefinition() {
      const { url, apiKey } = await backend.get();
      return new vscode.McpHttpServerDefinition("HAPA", addressOf(url), { "X-API-Key": apiKey }, version);
    },
  };
}
