/** Endpoints that are not talked to by HTTP: VS Code's own models, which the extension hands over. */
import { HapaError } from "../contract/errors.ts";
import { say } from "../contract/say.ts";
import type { Trouble } from "./diagnosis.ts";
import { diagnose } from "./diagnosis.ts";
import type { AskOptions, Completion, Endpoint, Message } from "./endpoint.ts";
import { failure } from "./failure.ts";
import { fillInByChat } from "./fill-in.ts";

const maxAnswerCharacters = 1_000_000;

/**
 * Gives such an endpoint the manners of the others: it is watched for silence and for answers without end, can fill in,
 * and what it throws becomes an error of the contract. An error of its own may carry `trouble`, a `Trouble`.
 */
export function adoptEndpoint(foreign: Endpoint, silenceMs: number): Endpoint {
  const { settings } = foreign;
  const seen = { baseUrl: settings.baseUrl, model: settings.name, hasKey: false };

  const ask = async (messages: readonly Message[], options: AskOptions): Promise<Completion> => {
    const silence = new AbortController();
    const endless = new AbortController();
    const { promise: stopped, reject } = Promise.withResolvers<never>();
    const signal = AbortSignal.any([options.signal, silence.signal, endless.signal]);
    // Whoever does not listen to the signal is not waited for.
    signal.addEventListener("abort", () => reject(signal.reason), { once: true });
    stopped.catch(() => undefined);
    const timer = setTimeout(() => silence.abort(), silenceMs);
    let characters = 0;
    const onText = (text: string) => {
      if (signal.aborted) return;
      timer.refresh();
      characters += text.length;
      if (characters > maxAnswerCharacters) endless.abort();
      else options.onText?.(text);
    };
    try {
      options.signal.throwIfAborted();
      const answer = await Promise.race([foreign.ask(messages, { ...options, signal, onText }), stopped]);
      signal.throwIfAborted();
      return answer;
    } catch (error) {
      const because = { cause: error };
      if (options.signal.aborted) throw new HapaError("client_closed_request", say`Stopped.`, undefined, because);
      if (silence.signal.aborted) throw failure(diagnose({ ...seen, silentS: Math.round(silenceMs / 1000) }), error);
      if (endless.signal.aborted) throw failure(diagnose({ ...seen, form: "endless" }), error);
      const { trouble, message } = error as Error & { trouble?: Trouble };
      const said = say`The model ${settings.name} did not answer: ${message}`;
      throw failure({ trouble: trouble ?? "refused", message: said, command: "hapa.chooseModel" }, error);
    } finally {
      clearTimeout(timer);
    }
  };
  return { settings, ask, complete: (wanted) => fillInByChat(ask, wanted) };
}
