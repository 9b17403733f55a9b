/** What the ledger multiplies its counts by: the settings' prices, or what the person entered here. */
import type { Ledger } from "../../src/contract/dashboard.ts";
import { keep, kept } from "./kept.ts";

/** USD per million tokens, and seconds of one call. */
export interface Assumptions {
  readonly prompt?: number;
  readonly completion?: number;
  readonly seconds?: number;
}

/** A short answer of a hosted model takes about so long. */
const usualSeconds = 1;

export interface Saved {
  /** Null: no prices are known. */
  readonly moneyUsd: number | null;
  readonly timeS: number;
  /** `model`: null where the person entered one of them. */
  readonly prices: { readonly prompt: number; readonly completion: number; readonly model: string | null } | null;
  readonly seconds: number;
}

/** Calls avoided × what each would have cost and taken, less what was paid and taken instead. May be negative. */
export function saved(ledger: Ledger, own: Assumptions): Saved {
  const prompt = own.prompt ?? ledger.prices?.prompt;
  const completion = own.completion ?? ledger.prices?.completion;
  const seconds = own.seconds ?? usualSeconds;
  const isOwn = own.prompt !== undefined || own.completion !== undefined;
  const model = isOwn ? null : (ledger.prices?.model ?? null);
  const prices = prompt === undefined || completion === undefined ? null : { prompt, completion, model };
  return {
    moneyUsd:
      prices &&
      (ledger.promptTokens * prices.prompt + ledger.completionTokens * prices.completion) / 1e6 - ledger.modelUsd,
    timeS: ledger.callsAvoided * seconds - ledger.programMs / 1_000,
    prices,
    seconds,
  };
}

export function keptAssumptions(): Assumptions {
  try {
    const all: unknown = JSON.parse(kept("assumptions") ?? "{}");
    if (typeof all !== "object" || all === null) return {};
    return Object.fromEntries(
      Object.entries(all).filter(([, n]) => typeof n === "number" && Number.isFinite(n) && n >= 0),
    );
  } catch {
    return {};
  }
}

/** An empty text forgets it. */
export function withAssumption(own: Assumptions, name: keyof Assumptions, text: string): Assumptions {
  const n = text.trim() === "" ? Number.NaN : Number(text);
  const { [name]: _, ...others } = own;
  const next = Number.isFinite(n) && n >= 0 ? { ...others, [name]: n } : others;
  keep("assumptions", JSON.stringify(next));
  return next;
}
