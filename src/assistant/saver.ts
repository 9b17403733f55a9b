/** Keeps what streams in: at most twice a second, and always the last of it. */

export interface Saver {
  /** The text so far. */
  text(): string;
  add(piece: string): void;
  /** Nothing is saved after it; resolves when what was under way has landed. */
  stop(): Promise<void>;
}

const everyMs = 500;

/** @param save One call at a time. A failure is left to whoever keeps the end: the same disk is written there. */
export function createSaver(save: (text: string) => Promise<void>): Saver {
  let text = "";
  let timer: NodeJS.Timeout | undefined;
  let saving = Promise.resolve();
  let stopped = false;
  const saveNow = (): void => {
    saving = save(text)
      .catch(() => {})
      .finally(() => {
        timer = undefined;
      });
  };
  return {
    text: () => text,
    add(piece) {
      text += piece;
      if (!stopped) timer ??= setTimeout(saveNow, everyMs);
    },
    async stop() {
      stopped = true;
      clearTimeout(timer);
      await saving;
    },
  };
}
