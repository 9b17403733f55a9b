/** `/spending`: what models cost this month. */
import type { Models } from "../models.ts";
import type { Handlers } from "../serve.ts";

export function spendingRoutes(models: Models): Pick<Handlers, "getSpending"> {
  return { getSpending: () => models.spending() };
}
