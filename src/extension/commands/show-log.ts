/** Show Log: the log channel. */
import type { App } from "../app.ts";

export async function run(app: App): Promise<void> {
  app.log.show();
}
