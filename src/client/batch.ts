/** Bodies and answers of batches, which are so large that walking them by their schema would take most of the time. */
import { z } from "zod";
import { BatchAnswer, BatchRequest } from "../contract/executions.ts";

/** As `z.encode(BatchRequest, …)`: items are spelled the same on both sides. */
export function encodeBatch(body: unknown): unknown {
  const { items, ...rest } = body as BatchRequest;
  return { ...(z.encode(BatchRequest, { ...rest, items: items.slice(0, 1) }) as object), items };
}

/** As `z.decode(BatchAnswer, …)`: outputs are the person's own data and are taken as they are. */
export function decodeBatch(sent: unknown): BatchAnswer {
  const { outputs, ...rest } = (sent ?? {}) as { readonly outputs?: unknown };
  if (!Array.isArray(outputs)) return z.decode(BatchAnswer, sent as never);
  return { ...z.decode(BatchAnswer, rest as never), outputs };
}
