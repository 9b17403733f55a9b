/** What happens inside the extension host, as lines of JSON in the file that the runner outside follows. */
import { appendFileSync } from "node:fs";

export type ReportLine =
  | { readonly type: "suite"; readonly title: string; readonly depth: number }
  | { readonly type: "pass"; readonly title: string; readonly depth: number; readonly ms: number }
  | { readonly type: "pending"; readonly title: string; readonly depth: number }
  | { readonly type: "fail"; readonly title: string; readonly depth: number; readonly error: string }
  /** A figure that a test wants printed: `activation: 12.3 ms`. */
  | { readonly type: "note"; readonly text: string }
  | { readonly type: "end"; readonly passes: number; readonly failures: number; readonly pending: number };

/** Adds a line to the report named by `HAPA_TEST_REPORT`; without it (run by hand), to the console. */
export function report(line: ReportLine): void {
  const file = process.env["HAPA_TEST_REPORT"];
  if (file) appendFileSync(file, `${JSON.stringify(line)}\n`);
  else console.log(JSON.stringify(line));
}
