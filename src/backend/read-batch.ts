/** Reads the body of a batch as its schema does, in a fraction of the time where there is nothing to say against it. */
import { BatchRequest, maxBatchItems } from "../contract/executions.ts";
import { readRequest } from "./middleware/errors.ts";

/** The schema's word on an `id`. */
const idMost = 200;

/**
 * Items that are plainly right are taken as they are (both spellings of an item are the same); the schema reads all the
 * rest, and whatever looks odd, so that it alone says what is wrong.
 * @throws HapaError("invalid_request")
 */
export function readBatch(sent: unknown): BatchRequest {
  const items = (sent as { items?: unknown } | null | undefined)?.items;
  if (!Array.isArray(items) || items.length === 0 || items.length > maxBatchItems || !items.every(isPlainItem)) {
    return readRequest(BatchRequest, sent) as BatchRequest;
  }
  const read = readRequest(BatchRequest, { ...(sent as object), items: items.slice(0, 1) }) as BatchRequest;
  return { ...read, items };
}

function isPlainItem(item: unknown): boolean {
  if (item === null || typeof item !== "object" || !("input" in item)) return false;
  for (const name in item) if (name !== "input" && name !== "id") return false;
  const { id } = item as { id?: unknown };
  return id === undefined || (typeof id === "string" && id.length <= idMost);
}
