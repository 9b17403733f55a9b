/** Where a session stands, for whoever called a command. Pure. */
import type { Phase, Session } from "./session.ts";

/** What a command gives to who called it: where the session of its document stands. */
export interface Standing {
  readonly state: Phase | "left" | "accepted" | "changed";
  readonly rows: number;
  readonly examples: number;
  readonly changes: number;
  readonly failed: number;
  readonly doubts: readonly { readonly input: string; readonly line: number }[];
  readonly problem?: string;
}

export function standingOf(session: Session, state: Standing["state"] = session.phase()): Standing {
  const problem = session.problem();
  return {
    state,
    rows: session.rows.count(),
    ...session.counts(),
    doubts: session.doubts().map(({ piece, doubt }) => ({ input: doubt.input, line: lineOf(session, piece) })),
    ...(problem === undefined ? {} : { problem }),
  };
}

/** The line a piece begins on, counted from 0. */
export function lineOf(session: Session, piece: number): number {
  return session.tracker.span(piece)?.start.line ?? 0;
}
