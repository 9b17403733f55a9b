/** Changes to a chosen program that make it easier to read and keep what it gives on every input at hand. */
import { picked } from "./lists.ts";
import type { Piece, Program } from "./program.ts";

const longest = 6;

/**
 * Where pieces take elements of one list by counting from both ends, and the list has one length in all rows, they are
 * all counted from the front: `const [year, month, day] = …` instead of two ways to say it.
 */
export function countFromOneEnd(program: Program, rows: readonly (readonly string[])[]): Program {
  if (program.kind === "branch")
    return { ...program, yes: countFromOneEnd(program.yes, rows), no: countFromOneEnd(program.no, rows) };
  if (program.kind !== "text") return program;
  const lists = new Map<string, number>();
  for (const piece of program.pieces) {
    const key = listKey(piece);
    if (key !== undefined) lists.set(key, (lists.get(key) ?? 0) + 1);
  }
  const pieces = program.pieces.map((piece): Piece => {
    const key = listKey(piece);
    if (piece.kind !== "pipeline" || key === undefined || (lists.get(key) ?? 0) < 2) return piece;
    const { field, steps, cost } = piece.pipeline;
    const pick = steps[0]?.pick;
    if (!pick || pick.index >= 0) return piece;
    const lengths = new Set(rows.map((row) => pick.lister.cut(row[field] ?? "").length));
    const [length = 0] = lengths;
    if (lengths.size !== 1 || length > longest || length + pick.index < 0) return piece;
    return {
      kind: "pipeline",
      pipeline: { field, steps: steps.with(0, picked(pick.lister, length + pick.index)), cost },
    };
  });
  return { ...program, pieces };
}

/** Names the list that a piece takes an element of, where it starts so. */
export function listKey(piece: Piece): string | undefined {
  const pick = piece.kind === "pipeline" ? piece.pipeline.steps[0]?.pick : undefined;
  return piece.kind === "pipeline" && pick ? `${piece.pipeline.field} ${pick.lister.key}` : undefined;
}
