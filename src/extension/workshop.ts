/** What is needed to make, run and apply programs: the part of the app that views and flows are handed. */
import type { ProgramLanguage } from "../contract/tasks.ts";
import type { LazyBackend } from "./backend.ts";
import type { Previews } from "./editor/preview.ts";
import type { Log } from "./log.ts";

export interface Workshop {
  readonly log: Log;
  readonly backend: LazyBackend;
  readonly previews: Previews;
  /** What new programs are written in: as the setting says; without a model, JavaScript instead of TypeScript. */
  readonly programLanguage: () => ProgramLanguage;
}
