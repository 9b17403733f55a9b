/** Appends rows until it is killed, or has appended so many; says after each flush how many are in their files. */
import { createDatasets } from "../../../src/learning/dataset/dataset.ts";
import { executionRow, key } from "./rows.ts";

const [folder = "", name = "", most = "1000000"] = process.argv.slice(2);
const datasets = createDatasets({
  folder,
  key,
  privacyOf: async () => "balanced",
  log: { warn: (...words: unknown[]) => console.error(...words), info: () => {} },
});
for (let count = 0; count < Number(most); ) {
  // Long lines, so that a kill may come in the middle of one.
  const input = JSON.stringify("x y ".repeat(5_000));
  const rows = Array.from({ length: 20 }, (_, at) => executionRow({ id: `exec_${name}-${count + at}`, input }));
  datasets.append("executions", "task_shared", rows);
  count += rows.length;
  await datasets.flush();
  process.stdout.write(`${count}\n`);
}
await datasets.stop();
