/** Pure half of the log: reads a pino line. */
import { redact } from "../contract/redact.ts";

export interface LogLine {
  readonly level: "trace" | "debug" | "info" | "warn" | "error";
  readonly text: string;
}

/** A pino line (`{"level":30,"msg":…}`) as level and text; anything else is told as it stands. */
export function readLogLine(line: string): LogLine {
  try {
    const {
      level,
      msg,
      time: _time,
      pid: _pid,
      hostname: _host,
      ...rest
    } = JSON.parse(line) as Record<string, unknown>;
    const details = Object.keys(rest).length > 0 ? ` ${JSON.stringify(rest)}` : "";
    return { level: levelOf(level), text: redact(`${typeof msg === "string" ? msg : ""}${details}`.trim()) };
  } catch {
    return { level: "info", text: redact(line.trim()) }; // Not JSON: a line some library printed.
  }
}

function levelOf(level: unknown): LogLine["level"] {
  const number = typeof level === "number" ? level : 30;
  if (number >= 50) return "error";
  if (number >= 40) return "warn";
  if (number >= 30) return "info";
  return number >= 20 ? "debug" : "trace";
}
