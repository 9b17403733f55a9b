/** A task's dataset: streamed, and deleted. */
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { HapaError } from "../../contract/errors.ts";
import { say } from "../../contract/say.ts";
import type { Datasets } from "../../learning/dataset/dataset.ts";
import type { TaskRepository } from "../../store/tasks.ts";
import type { Handlers } from "../serve.ts";
import { findTask } from "./tasks.ts";

type DatasetRoutes = Pick<Handlers, "getDataset" | "deleteDataset">;

export function datasetRoutes({ tasks, datasets }: { tasks: TaskRepository; datasets: Datasets }): DatasetRoutes {
  return {
    async getDataset({ params, query }, { signal, header, takeOver }) {
      const { id } = await findTask(tasks, params.id);
      const { kind, from, to } = query;
      const lines = Readable.from(datasets.read(id, kind, { from, to }), { objectMode: false });
      header("Content-Type", "application/x-ndjson; charset=utf-8");
      header("Content-Disposition", `attachment; filename="${id}-${kind}.jsonl"`);
      try {
        // It reads on only as fast as the caller does.
        await pipeline(lines, takeOver().res, { signal });
      } catch (error) {
        if (!signal.aborted) throw error;
        throw new HapaError("client_closed_request", say`Stopped.`, undefined, { cause: error });
      }
      return "";
    },
    async deleteDataset({ params }) {
      const { id } = await findTask(tasks, params.id);
      await datasets.delete(id);
      return undefined;
    },
  };
}
