/**
 * Group commit (DeWitt et al., 1984): what several callers write in one turn of the event loop goes into one
 * transaction, since a transaction costs more than a row. Each caller is answered once its rows are committed.
 */

interface Waiting<Row> {
  readonly rows: readonly Row[];
  readonly resolve: () => void;
  readonly reject: (error: unknown) => void;
}

/** Written in one go at most, beyond what one caller brings: other requests are answered in between. */
const rowsMost = 2_500;

/** @param write Writes rows in one transaction: all of them, or it throws. */
export function groupCommit<Row>(
  write: (rows: readonly Row[]) => Promise<void>,
): (rows: readonly Row[]) => Promise<void> {
  let waiting: Waiting<Row>[] = [];

  const commit = async (group: readonly Waiting<Row>[]): Promise<void> => {
    const [first] = group;
    try {
      await write(first && group.length === 1 ? first.rows : group.flatMap(({ rows }) => rows));
      for (const { resolve } of group) resolve();
    } catch (error) {
      // A database that another program holds would be waited for again by each of them.
      if (group.length === 1 || isBusy(error)) for (const { reject } of group) reject(error);
      // Nobody answers for another's rows: each is tried by itself and hears of its own failure only.
      else for (const one of group) await commit([one]);
    }
  };

  const commitWaiting = () => {
    let count = 0;
    const end = waiting.findIndex(({ rows }, at) => {
      count += rows.length;
      return at > 0 && count > rowsMost;
    });
    const group = end < 0 ? waiting : waiting.slice(0, end);
    waiting = end < 0 ? [] : waiting.slice(end);
    if (waiting.length > 0) setImmediate(commitWaiting);
    void commit(group);
  };

  return (rows) =>
    new Promise((resolve, reject) => {
      if (waiting.length === 0) setImmediate(commitWaiting);
      waiting.push({ rows, resolve, reject });
    });
}

function isBusy(error: unknown): boolean {
  return String((error as { code?: unknown } | undefined)?.code).startsWith("SQLITE_BUSY");
}
