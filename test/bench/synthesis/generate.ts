/** One run of the generator, timed: the only place of the bench that knows what its result looks like. */
import type { Example } from "../../../src/contract/tasks.ts";
import type { JsonValue } from "../../../src/contract/wire.ts";
import { synthesize } from "../../../src/synthesis/synthesis.ts";

export interface Generated {
  /** JavaScript with `function run(input)`; null where no program was found. */
  readonly code: string | null;
  /** Why there is no program; empty where there is one. */
  readonly reason: string;
  /** Inputs named as unsure. */
  readonly ambiguous: readonly JsonValue[];
  readonly ms: number;
}

export async function generate(
  examples: readonly Example[],
  inputs: readonly JsonValue[],
  budgetMs: number,
): Promise<Generated> {
  const startedAt = performance.now();
  const ms = () => performance.now() - startedAt;
  try {
    const result = await synthesize(examples, { inputs, budgetMs });
    return "program" in result
      ? { code: result.program.code, reason: "", ambiguous: result.ambiguous.map(({ input }) => input), ms: ms() }
      : { code: null, reason: result.reason, ambiguous: [], ms: ms() };
  } catch (error) {
    // It never should; one problem that makes it do so does not end the bench.
    return { code: null, reason: `threw ${error}`, ambiguous: [], ms: ms() };
  }
}
