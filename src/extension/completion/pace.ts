/** How long to wait for the person to stop typing before a model is asked: longer while keys come fast. Pure. */

export interface Pace {
  /** Called at each key; gives how long to wait now, in ms. */
  wait(now: number): number;
}

const usualMs = 150;
const leastMs = 75;
const mostMs = 300;
/** A longer pause says nothing about how fast somebody types. */
const pauseMs = 1_000;

export function createPace(): Pace {
  let last = Number.NEGATIVE_INFINITY;
  let gap = usualMs;
  return {
    wait(now) {
      const since = now - last;
      last = now;
      gap = since < pauseMs ? gap * 0.7 + since * 0.3 : usualMs;
      // A little longer than it takes to the next key.
      return Math.round(Math.min(mostMs, Math.max(leastMs, gap * 1.1)));
    },
  };
}
