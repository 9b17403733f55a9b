/** Answers what is not even HTTP, or comes too slowly, in the contract's form: Node's parser refuses it below Express. */
import { type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import { type ErrorCode, HapaError } from "../contract/errors.ts";
import { type Said, say } from "../contract/say.ts";
import type { Log } from "../observability/log.ts";
import { ascendingIds } from "../store/ids.ts";
import { errorBody } from "./middleware/errors.ts";

const reasons: Readonly<Record<string, readonly [ErrorCode, Said]>> = {
  HPE_HEADER_OVERFLOW: [
    "payload_too_large",
    say`The address and the headers are larger than 16 KB together. Send less in them.`,
  ],
  ERR_HTTP_REQUEST_TIMEOUT: ["invalid_request", say`The request did not arrive in time. Send it again, all of it.`],
};
const otherwise = ["invalid_request", say`This is not HTTP as this server understands it.`] as const;

/** @returns what a server is to do on `clientError`; `answering` is the response under way on the connection, if any. */
export function refuseMalformed(log: Log): (error: Error, socket: Duplex, answering?: ServerResponse) => void {
  const nextId = ascendingIds("req");
  return (error, socket, answering) => {
    const { code = "" } = error as NodeJS.ErrnoException;
    // Half an answer cannot be taken back, and a connection that is gone hears nothing.
    if (!socket.writable || code === "ECONNRESET" || (answering?.headersSent && !answering.writableEnded)) {
      socket.destroy();
      return;
    }
    const [reason, message] = reasons[code] ?? otherwise;
    const requestId = nextId();
    const refusal = new HapaError(reason, message);
    const body = JSON.stringify(errorBody(refusal, requestId));
    log.info({ request_id: requestId, status: refusal.status, parser: code }, "malformed request");
    const head = [
      `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status]}`,
      "Content-Type: application/json; charset=utf-8",
      `Content-Length: ${Buffer.byteLength(body)}`,
      `X-Request-Id: ${requestId}`,
      "X-Content-Type-Options: nosniff",
      "Cache-Control: no-store",
      "Connection: close",
    ];
    socket.end(`${head.join("\r\n")}\r\n\r\n${body}`, () => socket.destroy());
  };
}
