/**
 * Single flight: while a piece of work is under way, callers with the same key wait for it instead of doing it again.
 * Each may leave; the work is cancelled when the last has left.
 */
export interface SingleFlight<T, E> {
  /**
   * @param work Starts the work; called only where none is under way for this key.
   * @param onEvent Receives what the work emits from now on.
   */
  run(
    key: string,
    signal: AbortSignal,
    onEvent: (event: E) => void,
    work: (signal: AbortSignal, emit: (event: E) => void) => Promise<T>,
  ): Promise<T>;
}

interface Flight<T, E> {
  readonly result: Promise<T>;
  readonly listeners: Set<(event: E) => void>;
  readonly controller: AbortController;
}

export function createSingleFlight<T, E>(): SingleFlight<T, E> {
  const flights = new Map<string, Flight<T, E>>();
  return {
    async run(key, signal, onEvent, work) {
      signal.throwIfAborted();
      let flight = flights.get(key);
      // A flight that everybody left is landing; who comes now starts afresh.
      if (!flight || flight.controller.signal.aborted) {
        const listeners = new Set<(event: E) => void>();
        const controller = new AbortController();
        const result = work(controller.signal, (event) => {
          for (const listener of listeners) listener(event);
        });
        const started: Flight<T, E> = { result, listeners, controller };
        const land = () => {
          if (flights.get(key) === started) flights.delete(key);
        };
        result.then(land, land);
        flights.set(key, started);
        flight = started;
      }
      const { listeners, controller, result } = flight;
      // A function of its own for each caller, or two callers with the same listener would count as one.
      const listener = (event: E) => onEvent(event);
      listeners.add(listener);
      const left = Promise.withResolvers<never>();
      const leave = () => left.reject(signal.reason);
      signal.addEventListener("abort", leave, { once: true });
      try {
        return await Promise.race([result, left.promise]);
      } finally {
        signal.removeEventListener("abort", leave);
        listeners.delete(listener);
        if (listeners.size === 0) controller.abort();
      }
    },
  };
}
