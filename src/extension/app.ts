/** What the composition root builds and hands to every command. */
import type * as vscode from "vscode";
import type { ByExample } from "./by-example/lazy.ts";
import type { ModelCatalogue } from "./models/catalogue.ts";
import type { ProgramsView } from "./programs-view/view.ts";
import type { Secrets } from "./secrets.ts";
import type { Settings } from "./settings.ts";
import type { TaskFiles } from "./task-files/task-files.ts";
import type { Validation } from "./validation/validation.ts";
import type { Panel } from "./views/panel.ts";
import type { Reports } from "./views/report.ts";
import type { Results } from "./views/results.ts";
import type { Workshop } from "./workshop.ts";

export interface App extends Workshop {
  /** Of the extension. */
  readonly version: string;
  /** Where the extension's own files are. */
  readonly extensionUri: vscode.Uri;
  /** Folder of HAPA's data. */
  readonly storagePath: string;
  readonly settings: Settings;
  readonly secrets: Secrets;
  readonly models: ModelCatalogue;
  readonly panel: Panel;
  readonly reports: Reports;
  readonly validation: Validation;
  readonly taskFiles: TaskFiles;
  readonly programs: ProgramsView;
  readonly byExample: ByExample;
  readonly results: Results;
}
