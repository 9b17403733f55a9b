/** Each element of a list changed by the same operations, and joined. */
import { quote } from "../../javascript.ts";
import type { Op } from "../language/expr.ts";
import { pyQuote } from "../language/python.ts";
import { type Language, opCode, plain } from "../language/source.ts";
import { type Lister, listJs, plural } from "./list-ops.ts";

const changed = (change: readonly Op[], text: string): string | undefined => {
  let value: string | undefined = text;
  for (const op of change) {
    if (value === undefined) return undefined;
    value = op.apply(value as never) as string | undefined;
  }
  return value;
};

const changeCode = (change: readonly Op[], language: Language): string => {
  let code = plain("part");
  for (const op of change) code = opCode(op, [code], language);
  return code.bare;
};

const saidChange = (change: readonly Op[]): string => change.reduce((words, op) => op.say(words), "each");

/** @param glue undefined where the list itself is wanted */
export function mapOp(list: Lister, change: readonly Op[], glue: string | undefined): Op {
  const mapped = (parts: readonly string[]): string[] | undefined => {
    const all = parts.map((part) => changed(change, part));
    return all.includes(undefined) ? undefined : (all as string[]);
  };
  const join = glue === undefined ? "" : `.join(${quote(glue)})`;
  const js = change.length === 0 ? "" : `.map((part) => ${changeCode(change, "javascript")})`;
  const helpers = change.flatMap((op) => op.helpers ?? []);
  return {
    key: `map ${change.map((op) => op.key).join(" ")} ${join} ${list.op.key}`,
    gives: glue === undefined ? "any" : "text",
    cost: change.reduce((sum, op) => sum + op.cost, 0.5) + (glue === undefined || glue === list.delimiter ? 0 : 0.4),
    apply: (parts: readonly string[]) => (glue === undefined ? mapped(parts) : mapped(parts)?.join(glue)),
    js: (parts) => {
      const source = `${listJs(list, parts)}${js}${join}`;
      return js === "" && join === "" ? `${parts?.bare}${list.nullable ? " ?? []" : ""}` : source;
    },
    py: (parts) => {
      const each =
        change.length === 0 ? (parts?.bare ?? "") : `${changeCode(change, "python")} for part in ${parts?.tight}`;
      if (glue === undefined) return change.length === 0 ? `list(${each})` : `[${each}]`;
      return `${pyQuote(glue)}.join(${each})`;
    },
    ...(helpers.length > 0 ? { helpers } : {}),
    say: (what) => {
      if (change.length === 0) return what;
      return what.replace(/^the .*? of /, `the ${plural(list.noun)}, ${saidChange(change)}, of `);
    },
    traits: { rearranges: true },
  };
}
