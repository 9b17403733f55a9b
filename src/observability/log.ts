/** Structured logs: one JSON object a line, with request ids, and with anything that looks like a secret taken out. */
import { type DestinationStream, type Logger, pino } from "pino";

export type Log = Logger;
export const logLevels = ["debug", "info", "warn", "error", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

/** API keys of HAPA and of model providers, bearer tokens, and passwords inside URLs. */
const secrets = /\b(hapa_|sk-|Bearer\s+)[\w.-]{8,}|(?<=:\/\/[^\s/:@"]*:)[^\s/@"]+(?=@)/g;

/** Puts `[redacted]` where a secret stands. */
export function redact(text: string): string {
  return text.replace(secrets, (_match, prefix: string | undefined) => `${prefix ?? ""}[redacted]`);
}

/** @param write Receives each finished line, redacted. */
export function createLog(write: (line: string) => void, level: LogLevel = "info"): Log {
  const destination: DestinationStream = { write: (line) => write(redact(line)) };
  return pino({ level, base: null, timestamp: pino.stdTimeFunctions.isoTime }, destination);
}
