/** What the composition root builds and hands to every command. */
import type { Secrets } from "./secrets.ts";
import type { Settings } from "./settings.ts";
import type { Panel } from "./views/panel.ts";
import type { Results } from "./views/results.ts";
import type { Workshop } from "./workshop.ts";

export interface App extends Workshop {
  readonly settings: Settings;
  readonly secrets: Secrets;
  readonly panel: Panel;
  readonly results: Results;
}
