/** Transform by Example, loaded when it is first used. */
import type { Uri } from "vscode";
import type { Workshop } from "../workshop.ts";
import type { Sessions } from "./sessions.ts";

export interface ByExample {
  sessions(): Promise<Sessions>;
  dispose(): void;
}

export function createByExample(app: Workshop, extensionUri: Uri): ByExample {
  let loading: Promise<Sessions> | undefined;
  return {
    sessions() {
      loading ??= import("./sessions.ts").then(({ createSessions }) => createSessions(app, extensionUri));
      return loading;
    },
    dispose() {
      void loading?.then((sessions) => sessions.dispose());
    },
  };
}
