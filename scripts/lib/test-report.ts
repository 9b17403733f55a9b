/** What a test run leaves in a file for `npm test` to add up. */
export interface TestReport {
  readonly stats: Readonly<Record<"passes" | "failures" | "pending", number>>;
  readonly failed: readonly FailedTest[];
}

export interface FailedTest {
  /** Its suites' names and its own. */
  readonly test: string;
  /** The error's message; may have many lines. */
  readonly error: string;
}
