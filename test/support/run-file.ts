/** A process that runs a file, to be killed in the middle: takes one piece of work, tells of each group, ends. */
import { type RunWork, work } from "../../src/extension/files/work.ts";

process.once("message", async (order: RunWork) => {
  await work(order, undefined, new AbortController().signal, ({ rows }) => process.send?.(rows));
  process.disconnect();
});
