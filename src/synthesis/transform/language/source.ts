/** Source of an expression, in one of the two languages. */
import { literal, quote, templateText } from "../../javascript.ts";
import type { Code, Expr, Op } from "./expr.ts";
import { pyLiteral } from "./python.ts";

export type Language = "javascript" | "python";

export const plain = (text: string): Code => ({ bare: text, tight: text });
const looseCode = (text: string): Code => ({ bare: text, tight: `(${text})` });

/** Source of an operation on arguments that are source already. */
export function opCode(op: Op, args: readonly Code[], language: Language): Code {
  const isPython = language === "python";
  const text = (isPython ? op.py : op.js)(...args);
  const loose = op.loose === true || op.loose === (isPython ? "py" : "js");
  return loose ? looseCode(text) : plain(text);
}

/** Source of an expression. `named` are variables that hold the values of some of its parts, by their keys. */
export function exprCode(
  expr: Expr,
  fields: readonly string[],
  named: ReadonlyMap<string, string>,
  language: Language,
): Code {
  const name = named.get(expr.key);
  if (name !== undefined) return plain(name);
  if (expr.kind === "field") return plain(fields[expr.field] ?? "text");
  if (expr.kind === "constant") return plain(language === "python" ? pyLiteral(expr.value) : literal(expr.value));
  const args = expr.args.map((arg) => exprCode(arg, fields, named, language));
  if (expr.op.key === joinKey) return joinCode(expr.args, args, language);
  return opCode(expr.op, args, language);
}

/** Key of the operation that puts texts one behind the other. */
export const joinKey = "join";

/** Texts one behind the other: a template literal; in Python an f-string where no piece needs quotes or backslashes. */
function joinCode(pieces: readonly Expr[], codes: readonly Code[], language: Language): Code {
  const fixed = (piece: Expr): string | undefined =>
    piece.kind === "constant" && typeof piece.value === "string" ? piece.value : undefined;
  if (language === "javascript") {
    const inside = pieces.map((piece, i) => {
      const text = fixed(piece);
      return text === undefined ? `\${${codes[i]?.bare}}` : templateText(text);
    });
    return plain(`\`${inside.join("")}\``);
  }
  if (pieces.every((piece, i) => fixed(piece) !== undefined || !/["'\\{}]/.test(codes[i]?.bare ?? ""))) {
    const inside = pieces.map((piece, i) => {
      const text = fixed(piece);
      if (text === undefined) return `{${codes[i]?.bare}}`;
      return quote(text).slice(1, -1).replaceAll("{", "{{").replaceAll("}", "}}");
    });
    return plain(`f"${inside.join("")}"`);
  }
  return looseCode(codes.map((code) => code.tight).join(" + "));
}
