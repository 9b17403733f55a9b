/** Where an offset stands, in lines as editors count them: they end after \n, \r\n or \r, and nowhere else. */
export interface Lines {
  /** @param offset in UTF-16 code units @returns line and column from 1 */
  at(offset: number): { readonly line: number; readonly column: number };
}

/** TypeScript knows two further characters that end lines, so its own count is not an editor's. */
export function linesOf(code: string): Lines {
  const starts = [0];
  for (const { index, 0: end } of code.matchAll(/\r\n|\n|\r/g)) starts.push(index + end.length);
  return {
    at(offset) {
      let low = 0;
      let high = starts.length - 1;
      while (low < high) {
        const middle = (low + high + 1) >> 1;
        if ((starts[middle] ?? 0) <= offset) low = middle;
        else high = middle - 1;
      }
      return { line: low + 1, column: offset - (starts[low] ?? 0) + 1 };
    },
  };
}
