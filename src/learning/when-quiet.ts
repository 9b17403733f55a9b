/** Work that is done once nothing more comes: a batch under way is not held up by being looked after. */

export interface WhenQuiet {
  /** Something came. Returns at once. */
  wake(): void;
  /** The work is not begun any more, until something comes again. */
  cancel(): void;
}

/**
 * @param quietMs Work begins once nothing came for so long.
 * @param longestMs It waits about so long at most, where something comes all the time.
 */
export function whenQuiet(work: () => void, quietMs: number, longestMs: number): WhenQuiet {
  let timer: NodeJS.Timeout | undefined;
  let since = 0;
  return {
    wake() {
      if (!timer) {
        since = performance.now();
        timer = setTimeout(() => {
          timer = undefined;
          work();
        }, quietMs);
      } else if (performance.now() - since < longestMs - quietMs) timer.refresh();
    },
    cancel() {
      clearTimeout(timer);
      timer = undefined;
    },
  };
}
