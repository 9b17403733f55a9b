/** Many values in one statement. */
import { type RawBuilder, sql } from "kysely";

/**
 * Texts as a subquery, for `in`: one parameter however many there are. A parameter each makes a text of thousands of
 * question marks anew each time, which takes as long as what is asked.
 */
export function listed(texts: readonly string[]): RawBuilder<string> {
  return sql<string>`(select value from json_each(${JSON.stringify(texts)}))`;
}
