/** `GET /events`: what happens, as it happens. */
import { HapaError } from "../../contract/errors.ts";
import { say } from "../../contract/say.ts";
import type { KeyRepository } from "../../store/keys.ts";
import type { EventStreams } from "../event-streams.ts";
import type { Handlers } from "../serve.ts";

/** A stream costs a connection and a place in every round. */
const streamsMost = 5_000;

export function eventRoutes(parts: {
  readonly streams: EventStreams;
  readonly keys: KeyRepository;
}): Pick<Handlers, "listenToEvents"> {
  const { streams, keys } = parts;
  return {
    listenToEvents({ query }, context) {
      const { keyId, signal, lastEventId = query.lastEventId } = context;
      const after = lastEventId === undefined || lastEventId === "" ? undefined : readId(lastEventId);
      if (streams.count() >= streamsMost) {
        const message = say`${streamsMost} clients listen to events already. Try again later.`;
        throw new HapaError("rate_limited", message, { retry_after_s: 30 });
      }
      const { req, res } = context.takeOver();
      if (req.method === "HEAD") {
        res.writeHead(200, { "Content-Type": "text/event-stream; charset=utf-8" }).end();
        return "";
      }
      const check = async () => {
        const key = keyId === undefined ? undefined : await keys.get(keyId);
        const ends = [key?.expiresAt, context.session?.expiresAt].filter((at) => at !== undefined && at !== null);
        return { good: key !== undefined && key.revokedAt === null, expiresAt: ends.sort()[0] ?? null };
      };
      streams.open({ res, taskId: query.taskId, after, keyId, signal, check });
      return "";
    },
  };
}

function readId(text: string): number {
  if (/^\d{1,15}$/.test(text)) return Number(text);
  throw new HapaError("invalid_request", say`Last-Event-ID must be the id of an event, as it was sent: a number.`);
}
