/** A result in memory, for tests of what is written rather than of how. */
import type { IndexedRow } from "../../src/extension/files/row-index.ts";
import type { ResultWriter } from "../../src/extension/files/run.ts";

export function inMemory(): ResultWriter & { text(): string; readonly rows: IndexedRow[] } {
  let text = "";
  const rows: IndexedRow[] = [];
  return {
    write: async (some, added) => {
      text += some;
      rows.push(...added);
    },
    checkpoint: async () => {},
    text: () => text,
    rows,
  };
}
