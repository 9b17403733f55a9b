/** Reads a `text/event-stream` body as events (WHATWG HTML, section 9.2.6, without reconnection). */

export interface ServerSentEvent {
  readonly event: string;
  readonly data: string;
}

/** What a stream says besides its events. */
export interface StreamNotes {
  /** The last id that was sent, once all that came before it has been read. */
  readonly onId?: (id: string) => void;
  /** After how long to connect again, in ms. */
  readonly onRetry?: (ms: number) => void;
  /** Something came, if only a comment. */
  readonly onSign?: () => void;
}

export async function* readServerSentEvents(
  response: Response,
  notes: StreamNotes = {},
): AsyncGenerator<ServerSentEvent> {
  if (!response.body) return;
  let event = "message";
  let id: string | undefined;
  let data: string[] = [];
  let rest = "";
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    notes.onSign?.();
    const lines = (rest + chunk).split(/\r\n|\n|\r(?!$)/);
    rest = lines.pop() ?? "";
    for (const line of lines) {
      if (line === "") {
        if (id !== undefined) notes.onId?.(id);
        if (data.length > 0) yield { event, data: data.join("\n") };
        event = "message";
        data = [];
        id = undefined;
      } else if (line.startsWith("event:")) event = line.slice(6).trimStart();
      else if (line.startsWith("data:")) data.push(line.slice(5).replace(/^ /, ""));
      else if (line.startsWith("id:")) id = line.slice(3).trimStart();
      else if (/^retry: ?\d+$/.test(line)) notes.onRetry?.(Number(line.slice(6)));
    }
  }
}
