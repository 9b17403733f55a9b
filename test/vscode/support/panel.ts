/** The host's side of the panel, as its page would use it: says what a click would say, and waits for what is answered. */
import assert from "node:assert/strict";
import type { Context } from "mocha";
import type { FromWebview, ToWebview } from "../../../src/contract/webview.ts";
import type { HapaApi } from "../../../src/extension/main.ts";
import { hapa } from "./editors.ts";

type Ask = Extract<FromWebview, { type: "ask" }>;
type Told<T extends ToWebview["type"]> = Extract<ToWebview, { type: T }>;

export interface PanelHost {
  readonly panel: NonNullable<HapaApi["panel"]>;
  say(message: FromWebview): Promise<void>;
  /** What was told of a kind, since the last call of `forget`. */
  told<T extends ToWebview["type"]>(type: T): Told<T>[];
  /** Resolves with what is told next, of this kind and with these fields. */
  next<T extends ToWebview["type"]>(type: T, fits?: (message: Told<T>) => boolean): Promise<Told<T>>;
  forget(): void;
  /** Asks; gives the id, when the end was told. */
  ask(question: string, over?: Partial<Ask>): Promise<string>;
  dispose(): void;
}

/** Skips the test where the extension is the packaged one: it shows nobody its panel. */
export async function panelHost(test: Context): Promise<PanelHost> {
  const { panel } = await hapa();
  if (!panel) test.skip();
  const heard: ToWebview[] = [];
  const subscription = panel.onDidPost((message) => heard.push(message));
  const told = <T extends ToWebview["type"]>(type: T) =>
    heard.filter((message): message is Told<T> => message.type === type);
  let count = 0;
  const host: PanelHost = {
    panel,
    told,
    say: (message) => panel.receive(message),
    next: (type, fits = () => true) =>
      new Promise((resolve) => {
        const waiting = panel.onDidPost((message) => {
          if (message.type !== type || !fits(message as Told<typeof type>)) return;
          waiting.dispose();
          resolve(message as Told<typeof type>);
        });
      }),
    forget: () => heard.splice(0),
    async ask(question, over = {}) {
      const requestId = `q${Date.now()}-${++count}`;
      await host.say({
        type: "ask",
        requestId,
        conversationId: null,
        command: null,
        question,
        language: "javascript",
        examples: "",
        context: [],
        replaces: null,
        ...over,
      });
      return over.requestId ?? requestId;
    },
    dispose: () => subscription.dispose(),
  };
  return host;
}

/** The conversation a question came into. */
export function conversationOf(host: PanelHost, requestId: string): string {
  const asked = host.told("asked").find((message) => message.requestId === requestId);
  assert.ok(asked, "the question was not kept");
  return asked.conversationId;
}
