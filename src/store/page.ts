/** Lists that are read a page at a time. */

export interface Page<T> {
  readonly items: T[];
  readonly cursor: string | null;
}

/** Rows beyond this many bytes wait for the next page, so that no page is too large to be answered. */
const pageBytes = 64_000_000;

/**
 * Reads a page of at most `limit` rows.
 * @param sizes Of the rows that could stand on it and one more, which tells whether there is a next page.
 */
export async function readPage<R extends { id: string }, T>(
  sizes: readonly { readonly id: string; readonly bytes: number }[],
  limit: number,
  read: (count: number) => Promise<R[]>,
  map: (row: R) => T,
): Promise<Page<T>> {
  let sum = 0;
  const tooMuch = sizes.findIndex(({ bytes }) => {
    sum += bytes;
    return sum > pageBytes;
  });
  const count = Math.min(limit, sizes.length, tooMuch < 0 ? limit : Math.max(1, tooMuch));
  const rows = count === 0 ? [] : await read(count);
  return { items: rows.map(map), cursor: sizes.length > count ? (sizes[count - 1]?.id ?? null) : null };
}
