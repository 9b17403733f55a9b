/** Completion at the cursor: what is asked of the model, what of its answer is shown, and what need not be asked again. */
import type { CompleteAnswer, CompleteRequest } from "../contract/completion.ts";
import { maxPrefix, maxSuffix } from "../contract/completion-limits.ts";
import { HapaError } from "../contract/errors.ts";
import type { ModelUse } from "../contract/model-use.ts";
import { say } from "../contract/say.ts";
import { holdsSecrets } from "../contract/secret-files.ts";
import { noUsage } from "../generation/candidate.ts";
import { type TokenAllowance, tokensUsed } from "../generation/generators/model.ts";
import { howToConnect } from "../generation/pipeline.ts";
import type { Endpoint } from "../models/endpoint.ts";
import type { Metrics } from "../observability/metrics.ts";
import { createRecentCompletions } from "./recent-completions.ts";
import { trimCompletion, wantsLines } from "./trim-completion.ts";

export interface CompleterParts {
  readonly endpoint: (use: ModelUse) => Promise<Endpoint | undefined>;
  readonly metrics: Metrics;
}

/** @throws HapaError invalid_request (a file of secrets), model_not_configured, rate_limited, and as `Endpoint.complete` */
export type Complete = (
  request: CompleteRequest,
  asking: { readonly signal: AbortSignal; readonly tokens: TokenAllowance },
) => Promise<CompleteAnswer>;

const lineTokens = 64;
const blockTokens = 256;

export function createCompleter({ endpoint: find, metrics }: CompleterParts): Complete {
  const recent = createRecentCompletions();
  return async ({ language, filePath, ...sent }, { signal, tokens }) => {
    if (filePath && holdsSecrets(filePath)) {
      const message = say`This file holds secrets by its name, so nothing of it is sent to a model.`;
      throw new HapaError("invalid_request", message);
    }
    const endpoint = await find("completion");
    if (!endpoint) {
      throw new HapaError("model_not_configured", say`Completion needs a model: ${howToConnect}`);
    }
    const { name, baseUrl } = endpoint.settings;
    if (!endpoint.complete) {
      const message = say`The model ${name} cannot complete code. Choose another one for completion.`;
      throw new HapaError("model_failed", message);
    }
    const prefix = sent.prefix.slice(-maxPrefix);
    const suffix = sent.suffix.slice(0, maxSuffix);
    const asked = { scope: JSON.stringify([baseUrl, name, language, filePath]), prefix, suffix };
    const answer = (text: string, usage: CompleteAnswer["usage"], cached: boolean): CompleteAnswer => ({
      completions: text === "" ? [] : [{ text }],
      model: name,
      usage,
      cached,
    });
    const known = recent.find(asked);
    metrics.cache(known === undefined ? "MISS" : "L1");
    if (known !== undefined) return answer(known, noUsage, true);

    await tokens.check();
    const lines = wantsLines({ prefix, suffix });
    const { text: raw, usage } = await endpoint.complete({
      prefix,
      suffix,
      language,
      maxTokens: lines ? blockTokens : lineTokens,
      stop: [lines ? "\n\n\n" : "\n"],
      signal,
    });
    await tokens.spend(tokensUsed(usage, [{ role: "user", content: prefix + suffix }], raw));
    metrics.modelTokens("prompt", usage?.promptTokens ?? 0);
    metrics.modelTokens("completion", usage?.completionTokens ?? 0);
    const text = trimCompletion(raw, { prefix, suffix, language });
    recent.keep(asked, text);
    return answer(text, usage, false);
  };
}
