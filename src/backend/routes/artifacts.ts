/** `/artifacts`: the versions of a task's program. */
import { HapaError } from "../../contract/errors.ts";
import { say } from "../../contract/say.ts";
import type { GenerationService } from "../../generation/service.ts";
import type { Store } from "../../store/store.ts";
import type { Handlers } from "../serve.ts";
import { findTask } from "./tasks.ts";

type ArtifactRoutes = Pick<Handlers, "createArtifact" | "listArtifacts" | "getArtifact" | "activateArtifact">;

export function artifactRoutes({ store, generation }: { store: Store; generation: GenerationService }): ArtifactRoutes {
  const find = async (taskId: string, version: string) => {
    const artifact = /^\d{1,9}$/.test(version) ? await store.artifacts.get(taskId, Number(version)) : undefined;
    if (!artifact) throw new HapaError("not_found", say`Task ${taskId} has no version ${version}.`);
    return artifact;
  };
  return {
    async createArtifact({ body }, { signal }) {
      const task = await findTask(store.tasks, body.taskId);
      return generation.byHand(task, body.code, body.language, signal);
    },
    async listArtifacts({ params }) {
      await findTask(store.tasks, params.taskId);
      return { items: await store.artifacts.list(params.taskId) };
    },
    getArtifact: ({ params }) => find(params.taskId, params.version),
    async activateArtifact({ params }) {
      const artifact = await find(params.taskId, params.version);
      if (artifact.state === "rejected") {
        const message = say`Version ${artifact.version} did not pass verification, so it cannot run. Its report says what failed.`;
        throw new HapaError("conflict", message);
      }
      await store.tasks.setActiveVersion(artifact.taskId, artifact.version);
      return { ...artifact, state: "active" };
    },
  };
}
