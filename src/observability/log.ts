/** Structured logs: one JSON object a line, with request ids, and with anything that looks like a secret taken out. */
import { type DestinationStream, type Logger, pino } from "pino";
import { redact } from "../contract/redact.ts";

export type Log = Logger;
export const logLevels = ["debug", "info", "warn", "error", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

/** @param write Receives each finished line, redacted. */
export function createLog(write: (line: string) => void, level: LogLevel = "info"): Log {
  const destination: DestinationStream = { write: (line) => write(redact(line)) };
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
}
