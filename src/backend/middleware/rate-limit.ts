/** How often a key may call, and how many model tokens it may use, each minute. */
import { RateLimiterMemory, RateLimiterRes } from "rate-limiter-flexible";
import { HapaError } from "../../contract/errors.ts";
import { type Said, say } from "../../contract/say.ts";
import type { TokenAllowance } from "../../generation/generators/model.ts";
import type { Exchange } from "../exchange.ts";

export interface Limits {
  readonly requestsPerMinute: number;
  readonly modelTokensPerMinute: number;
}

export interface RateLimit {
  /** Counts a request and sets the `RateLimit-*` headers; gives the error to answer with where there were too many. */
  request(keyId: string, exchange: Exchange): Promise<HapaError | undefined>;
  /** The key's allowance of model tokens. */
  tokens(keyId: string): TokenAllowance;
}

export function createRateLimit(limits: Limits): RateLimit {
  const requests = new RateLimiterMemory({ points: limits.requestsPerMinute, duration: 60 });
  const tokens = new RateLimiterMemory({ points: limits.modelTokensPerMinute, duration: 60 });
  return {
    async request(keyId, exchange) {
      const state = await consume(requests, keyId, 1);
      exchange.header("RateLimit-Limit", String(limits.requestsPerMinute));
      exchange.header("RateLimit-Remaining", String(Math.max(0, state.remainingPoints)));
      exchange.header("RateLimit-Reset", String(Math.ceil(state.msBeforeNext / 1000)));
      if (!state.refused) return undefined;
      return limited(say`more than ${limits.requestsPerMinute} requests in a minute`, state.msBeforeNext);
    },
    tokens: (keyId) => ({
      async check() {
        const state = await tokens.get(keyId);
        if (!state || state.consumedPoints < limits.modelTokensPerMinute) return;
        throw limited(say`more than ${limits.modelTokensPerMinute} model tokens in a minute`, state.msBeforeNext);
      },
      // What is already used is counted even where it goes beyond the limit: the next call waits for it.
      spend: async (count) => void (await consume(tokens, keyId, count)),
    }),
  };
}

async function consume(limiter: RateLimiterMemory, key: string, points: number) {
  try {
    const { remainingPoints, msBeforeNext } = await limiter.consume(key, points);
    return { remainingPoints, msBeforeNext, refused: false };
  } catch (refusal) {
    if (!(refusal instanceof RateLimiterRes)) throw refusal;
    return { remainingPoints: refusal.remainingPoints, msBeforeNext: refusal.msBeforeNext, refused: true };
  }
}

function limited(what: Said, msBeforeNext: number): HapaError {
  const seconds = Math.max(1, Math.ceil(msBeforeNext / 1000));
  return new HapaError("rate_limited", say`Too much at once: ${what}. Try again in ${seconds} s.`, {
    retry_after_s: seconds,
  });
}
