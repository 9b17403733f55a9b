/** The words of the results grid in English. */
import type { ResultRowState } from "../../../src/contract/results.ts";
import { counter } from "./english-program.ts";
import type { Formats } from "./format.ts";

export function englishResults(format: Formats) {
  const { number } = format;
  const count = counter(format);
  const resultStates: Record<ResultRowState, string> = {
    done: "Done",
    failed: "Failed",
    kept: "Had a value already",
    broken: "Cannot be read",
  };
  return {
    title: (file: string) => `Results of ${file}`,
    loading: "Opening the results…",
    filter: "Rows to show",
    filters: {
      all: (n: number) => `All ${number(n)}`,
      failed: (n: number) => `Failed ${number(n)}`,
      unsure: (n: number) => `Unsure ${number(n)}`,
      changed: (n: number) => `Changed ${number(n)}`,
    },
    search: "Search in the rows",
    searching: "Going through the file…",
    shown: (rows: number) => count(rows, "row"),
    copied: (rows: number) => `${count(rows, "row")} copied`,
    none: "No row is like that.",
    tooMany: (shown: number, total: number) =>
      `The first ${number(shown)} of ${number(total)} rows are shown: a filter or a search leads to the others.`,
    runAgain: (rows: number) => `Run ${count(rows, "failed row")} again`,
    openInEditor: "Open in editor",
    saveAs: "Save as…",
    state: "State",
    line: "Line",
    input: "Input",
    output: "Output",
    reason: "Why it failed",
    states: (state: ResultRowState, unsure: boolean) =>
      unsure && state === "done" ? "Done, but the examples leave it open" : resultStates[state],
  };
}
