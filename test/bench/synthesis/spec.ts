/** Reads `spec.json`: `{"Examples": [{"Input": ["…", …], "Output": "…"}, …]}`. */
import { z } from "zod";
import type { Example } from "../../../src/contract/tasks.ts";
import { jsonValue } from "../../../src/contract/wire.ts";

const Spec = z.object({
  Examples: z.array(z.object({ Input: z.array(jsonValue).min(1), Output: jsonValue })),
});

/**
 * One input is the input itself, several are a list.
 * @throws Error where the text is not JSON of that shape
 */
export function readSpec(source: string): Example[] {
  return Spec.parse(JSON.parse(source)).Examples.map(({ Input, Output }) => ({
    input: Input.length === 1 ? (Input[0] ?? null) : Input,
    output: Output,
  }));
}
