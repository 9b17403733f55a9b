/** The log channel "HAPA", and the backend's lines in it. Secrets are taken out of whatever is written. */
import * as vscode from "vscode";
import { redact } from "../contract/redact.ts";
import { readLogLine } from "./log-line.ts";

export interface Log {
  info(message: string): void;
  warn(message: string): void;
  /** Takes what was thrown, too: its message and stack go into the log. */
  error(message: string, cause?: unknown): void;
  /** One JSON line of the backend. */
  backendLine(line: string): void;
  show(): void;
  dispose(): void;
}

export function createLog(): Log {
  const channel = vscode.window.createOutputChannel("HAPA", { log: true });
  return {
    info: (message) => channel.info(redact(message)),
    warn: (message) => channel.warn(redact(message)),
    error: (message, cause) => {
      const why = cause instanceof Error ? (cause.stack ?? cause.message) : cause === undefined ? "" : String(cause);
      channel.error(redact(why ? `${message}\n${why}` : message));
    },
    backendLine: (line) => {
      const { level, text } = readLogLine(line);
      channel[level](text);
    },
    show: () => channel.show(true),
    dispose: () => channel.dispose(),
  };
}
