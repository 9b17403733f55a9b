/**
 * The monthly cap. What a call can cost at most is held back before it is made and settled by what the provider says
 * afterwards, so that calls at the same time cannot go beyond the cap together. Without prices nothing can be counted.
 */
import { HapaError } from "../contract/errors.ts";
import type { ModelUse } from "../contract/model-use.ts";
import { say } from "../contract/say.ts";
import type { Spending } from "../contract/spending.ts";
import type { SpendingAmounts, SpendingOf, SpendingRepository } from "../store/spending.ts";
import type { Trouble } from "./diagnosis.ts";
import type { Completion, Endpoint, FillInOptions, Message, ModelSettings } from "./endpoint.ts";

export interface SpendingLedger {
  /** The same endpoint, whose calls are counted, and refused where they may go beyond the cap. */
  guard(endpoint: Endpoint, use: ModelUse): Endpoint;
  /** @param models the models in use, to tell whether the cap can hold */
  thisMonth(models: readonly ModelSettings[]): Promise<Spending>;
}

export interface LedgerOptions {
  readonly spending: SpendingRepository;
  /** In USD; undefined: none. Asked at each call. */
  readonly capUsd: () => number | undefined;
  readonly now?: () => Date;
}

/** With a cap, an answer may have so many tokens unless the caller says fewer: its price has to be known beforehand. */
const mostAnswerTokens = 16_384;

/** A token of any known tokenizer stands for at least one byte of UTF-8. */
const tokensOfMessage = 16;

/** After these, the endpoint has worked, though nobody was told how much. */
const worked: readonly (Trouble | undefined)[] = ["broke_off", "cut_off", "endless", "slow"];

export function createSpendingLedger({ spending, capUsd, now = () => new Date() }: LedgerOptions): SpendingLedger {
  const cap = () => {
    const set = capUsd();
    return set !== undefined && Number.isFinite(set) && set >= 0 ? set : undefined;
  };

  /** Holds back what a call may cost. Undefined: nothing has to be. */
  const reserve = async (month: string, amountUsd: number): Promise<string | undefined> => {
    const limit = cap();
    if (limit === undefined || amountUsd === 0) return undefined;
    const reservation = await spending.reserve(month, amountUsd, limit);
    if (reservation) return reservation;
    const { spentUsd, reservedUsd } = await sums(month);
    const taken = spentUsd + reservedUsd;
    throw new HapaError(
      "spend_cap_reached",
      say`This month's cap of ${usd(limit)} would be passed: ${usd(taken)} is spent or held back, and this call may cost up to ${usd(amountUsd)}. The next month begins on ${nextMonth(now()).toISOString().slice(0, 10)} (UTC). Raise the cap with the setting hapa.model.monthlyCapUsd (a server's --monthly-cap-usd), or choose a model that costs less.`,
      { cap_usd: limit, spent_usd: taken, call_usd: amountUsd, resets_at: nextMonth(now()).toISOString() },
    );
  };

  const sums = async (month: string) => {
    const { rows, reservedUsd } = await spending.month(month);
    return { rows, reservedUsd, spentUsd: rows.reduce((sum, row) => sum + row.cost_usd + row.estimated_usd, 0) };
  };

  /** Makes one call; `written` tells how many bytes of an answer have come. */
  const counted = async (
    { settings }: Endpoint,
    use: ModelUse,
    promptBytes: number,
    maxTokens: number,
    written: () => number,
    call: () => Promise<Completion>,
  ): Promise<Completion> => {
    const { prices } = settings;
    const price = (prompt: number, completion: number) =>
      prices ? (prompt * prices.prompt + completion * prices.completion) / 1_000_000 : 0;
    const of: SpendingOf = { month: monthOf(now()), use, model: settings.name, provider: providerOf(settings) };
    const mostUsd = price(promptBytes, maxTokens);
    const reservation = await reserve(of.month, mostUsd);
    const untold = (): SpendingAmounts => ({
      ...nothing,
      calls: 1,
      untold_calls: 1,
      unpriced_calls: prices ? 0 : 1,
      estimated_usd: Math.min(price(promptBytes, written()), mostUsd),
    });
    try {
      const completion = await call();
      const { usage } = completion;
      const told: SpendingAmounts | undefined = usage
        ? {
            ...nothing,
            calls: 1,
            unpriced_calls: prices ? 0 : 1,
            prompt_tokens: usage.promptTokens,
            completion_tokens: usage.completionTokens,
            cost_usd: usage.costUsd ?? 0,
          }
        : undefined;
      await spending.settle(of, told ?? untold(), reservation);
      return completion;
    } catch (error) {
      if (hasWorked(error)) await spending.settle(of, untold(), reservation);
      else if (reservation) await spending.release(reservation);
      throw error;
    }
  };

  return {
    guard: (endpoint, use) => ({
      settings: endpoint.settings,
      async ask(messages, options) {
        let answered = 0;
        const limited = cap() !== undefined && isPriced(endpoint.settings);
        const maxTokens = options.maxTokens ?? mostAnswerTokens;
        const onText = (text: string) => {
          answered += Buffer.byteLength(text);
          options.onText?.(text);
        };
        const asked = { ...options, onText, ...(limited ? { maxTokens } : {}) };
        const schema = options.schema ? Buffer.byteLength(JSON.stringify(options.schema)) : 0;
        const call = () => endpoint.ask(messages, asked);
        return counted(endpoint, use, bytesOf(messages) + schema, maxTokens, () => answered, call);
      },
      ...(endpoint.complete ? { complete: guardFillIn(endpoint, endpoint.complete, use, counted) } : {}),
    }),
    async thisMonth(models) {
      const month = monthOf(now());
      const { rows, reservedUsd, spentUsd } = await sums(month);
      const capNow = cap() ?? null;
      return {
        month,
        resetsAt: nextMonth(now()).toISOString(),
        capUsd: capNow,
        capHolds: capNow === null || models.every((model) => model.prices !== undefined),
        spentUsd,
        reservedUsd,
        items: rows.map((row) => ({
          use: row.use,
          model: row.model,
          provider: row.provider,
          calls: row.calls,
          promptTokens: row.prompt_tokens,
          completionTokens: row.completion_tokens,
          costUsd: row.unpriced_calls === row.calls ? null : row.cost_usd,
          estimatedUsd: row.estimated_usd,
          untoldCalls: row.untold_calls,
          unpricedCalls: row.unpriced_calls,
        })),
      };
    },
  };
}

type Counted = (
  endpoint: Endpoint,
  use: ModelUse,
  promptBytes: number,
  maxTokens: number,
  written: () => number,
  call: () => Promise<Completion>,
) => Promise<Completion>;

function guardFillIn(
  endpoint: Endpoint,
  complete: NonNullable<Endpoint["complete"]>,
  use: ModelUse,
  counted: Counted,
): NonNullable<Endpoint["complete"]> {
  return (wanted: FillInOptions) => {
    // What is said around the text where a chat model is asked is shorter than this.
    const bytes = Buffer.byteLength(wanted.prefix) + Buffer.byteLength(wanted.suffix) + 1_000;
    return counted(
      endpoint,
      use,
      bytes,
      wanted.maxTokens,
      () => 0,
      () => complete(wanted),
    );
  };
}

const nothing: SpendingAmounts = {
  calls: 0,
  prompt_tokens: 0,
  completion_tokens: 0,
  cost_usd: 0,
  estimated_usd: 0,
  untold_calls: 0,
  unpriced_calls: 0,
};

/** Whether a failed call may have cost something. */
function hasWorked(error: unknown): boolean {
  if (!(error instanceof HapaError)) return true;
  const { reason } = (error.details ?? {}) as { reason?: Trouble };
  return error.code === "client_closed_request" || worked.includes(reason);
}

function bytesOf(messages: readonly Message[]): number {
  return messages.reduce((sum, { content }) => sum + Buffer.byteLength(content) + tokensOfMessage, tokensOfMessage);
}

function isPriced({ prices }: ModelSettings): boolean {
  return prices !== undefined && prices.prompt + prices.completion > 0;
}

function providerOf({ baseUrl }: ModelSettings): string {
  return URL.canParse(baseUrl) ? new URL(baseUrl).host : baseUrl;
}

function monthOf(date: Date): string {
  return date.toISOString().slice(0, 7);
}

function nextMonth(date: Date): Date {
  return new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 1));
}

function usd(amount: number): string {
  return `$${amount.toFixed(amount < 1 ? 4 : 2)}`;
}
