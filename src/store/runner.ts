/** Which process answers a turn: several windows share one database, and one that crashed must not look alive. */

/** No answer is silent for so long: the process that bears the number of one that is gone is another. */
export const longestSilenceMs = 3_600_000;

/** This process: its number, and when it began, since numbers are given again. */
export function thisRunner(): string {
  return `${process.pid}/${Math.round(performance.timeOrigin)}`;
}

/** Whether the process that answers a turn may still be there. Several windows share one database. */
export function isAlive(runner: string): boolean {
  const pid = Number(runner.split("/")[0]);
  if (pid === process.pid) return runner === thisRunner();
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM"; // Somebody else's: it is there.
  }
}
