/** What the composition root builds and hands to every command and view. */
import type { LazyBackend } from "./backend.ts";
import type { Previews } from "./editor/preview.ts";
import type { Log } from "./log.ts";
import type { Secrets } from "./secrets.ts";
import type { Settings } from "./settings.ts";
import type { Panel } from "./views/panel.ts";

/** What is needed to make, run and apply programs. */
export interface Workshop {
  readonly log: Log;
  readonly backend: LazyBackend;
  readonly previews: Previews;
}

export interface App extends Workshop {
  readonly settings: Settings;
  readonly secrets: Secrets;
  readonly panel: Panel;
}
