/** Opens the SQLite file: refuses what is damaged or newer before anything is written, then sets WAL and migrates. */
import { closeSync, existsSync, mkdirSync, openSync, statSync } from "node:fs";
import { dirname } from "node:path";
import Sqlite from "better-sqlite3";
import { type Compilable, Kysely, type SqliteDatabase, SqliteDialect, type SqliteStatement } from "kysely";
import { LRUCache } from "lru-cache";
import { HapaError } from "../contract/errors.ts";
import { say } from "../contract/say.ts";
import { Checkpoints } from "./checkpoints.ts";
import { createEventLog, type EventLog } from "./event-log.ts";
import { groupCommit } from "./group-commit.ts";
import { migrate } from "./migrations.ts";
import type { ExecutionRow, Tables } from "./schema.ts";
import { TurnMemo } from "./turn-memo.ts";

export interface Database {
  readonly kysely: Kysely<Tables>;
  /** What happens; whoever changes something writes it there, in the same transaction. */
  readonly events: EventLog;
  /**
   * Prepares a query for one row, for what every request asks: a tenth of the time of a query built each time.
   * @returns gives the row for other parameters than it was written with, in their order; undefined where there is none.
   */
  prepare<R>(query: Compilable<R>): (...parameters: readonly string[]) => Promise<R | undefined>;
  /** Writes many executions, all or none of them; on disk (in the WAL) when it resolves. */
  insertExecutions(rows: readonly ExecutionRow[]): Promise<void>;
  /** Moves the WAL into the database file and closes it. */
  close(): Promise<void>;
}

/** A commit writes whole pages of 4 kB: the row's, the counts', and what is above them. */
const commitBytes = 12_000;
const rowsOfStatement = 50;
/** Of a row, beside its texts. */
const rowBytes = 200;
/** Above this size a start does not read the whole file to check it. */
const quickCheckBytes = 64_000_000;

/**
 * @param path The database file; its folder is made where missing.
 * @throws HapaError("storage_failed") with what to do: folder not writable, file damaged, file of a newer HAPA.
 */
export async function openDatabase(path: string): Promise<Database> {
  makeFolder(dirname(path));
  const sqlite = openFile(path);
  const memo = new TurnMemo();
  const kysely = new Kysely<Tables>({
    dialect: new SqliteDialect({ database: withStatementCache(sqlite, () => memo.clear()) }),
  });
  try {
    sqlite.pragma("busy_timeout = 5000");
    sqlite.pragma("foreign_keys = ON");
    checkIntact(sqlite, path);
    await migrate(kysely);
    sqlite.pragma("journal_mode = WAL");
    // In WAL mode a committed write is in the file before the call returns, so a killed process loses nothing;
    // only a power cut may take the last moments, never the file.
    sqlite.pragma("synchronous = NORMAL");
    sqlite.pragma("temp_store = MEMORY");
    // `Checkpoints` moves the WAL into the database. While others write all the time it never gets to its end; what is
    // left then is moved here, every 64 MB.
    sqlite.pragma("wal_autocheckpoint = 16000");
  } catch (error) {
    sqlite.close();
    throw error instanceof HapaError ? error : explain(error, path);
  }

  const insertOf = (rows: number) =>
    sqlite.prepare(
      `insert into executions (id, task_id, artifact_id, version, status, input, output, error_message, latency_ms, sampled, executed_at)
       values ${Array(rows).fill("(?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)").join(", ")}`,
    );
  const insertOne = insertOf(1);
  // A quarter less time for each row than one by one.
  const insertMany = insertOf(rowsOfStatement);
  const count = sqlite.prepare(
    `insert into execution_counts (task_id, version, status, n) values (?, ?, ?, ?)
     on conflict (task_id, version, status) do update set n = n + excluded.n`,
  );
  const checkpoints = new Checkpoints(path);
  let written = 0;
  const insertAll = sqlite.transaction((rows: readonly ExecutionRow[]) => {
    const counts = new Map<string, Pick<ExecutionRow, "task_id" | "version" | "status"> & { n: number }>();
    let values: unknown[] = [];
    for (const [at, row] of rows.entries()) {
      const { task_id, version, status } = row;
      const name = `${task_id}/${version}/${status}`;
      const counted = counts.get(name);
      if (counted) counted.n += 1;
      else counts.set(name, { task_id, version, status, n: 1 });
      written += row.input.length + (row.output?.length ?? 0) + rowBytes;
      values.push(row.id, task_id, row.artifact_id, version, status, row.input, row.output, row.error_message);
      values.push(row.latency_ms, row.sampled, row.executed_at);
      const together = at < rows.length - (rows.length % rowsOfStatement);
      if (together && (at + 1) % rowsOfStatement > 0) continue;
      (together ? insertMany : insertOne).run(values);
      values = [];
    }
    for (const { task_id, version, status, n } of counts.values()) count.run(task_id, version, status, n);
  });

  // There is one connection: in the middle of somebody's transaction, what does not belong to it waits for its end.
  const apart = async <T>(work: () => T): Promise<T> =>
    sqlite.inTransaction ? kysely.connection().execute(async () => work()) : work();

  return {
    kysely,
    events: createEventLog(kysely),
    prepare<R>(query: Compilable<R>) {
      const { sql } = query.compile();
      const statement = sqlite.prepare<string[], R>(sql);
      return (...parameters) =>
        apart(() => memo.get([sql, ...parameters].join("\0"), () => statement.get(...parameters)));
    },
    insertExecutions: groupCommit((rows) =>
      apart(() => {
        insertAll.immediate(rows);
        checkpoints.wrote(written + commitBytes);
        written = 0;
      }),
    ),
    async close() {
      await checkpoints.close();
      try {
        // A neighbour that reads just now is not waited for: it, or the next start, folds the WAL in.
        if (sqlite.open) sqlite.pragma("busy_timeout = 200");
        if (sqlite.open) sqlite.pragma("wal_checkpoint(TRUNCATE)");
      } finally {
        await kysely.destroy();
      }
    },
  };
}

/** Kysely prepares a statement for every query just before it runs it; the same text is prepared once here. */
function withStatementCache(sqlite: Sqlite.Database, beforeWrite: () => void): SqliteDatabase {
  const statements = new LRUCache<string, Sqlite.Statement>({ max: 200 });
  return {
    prepare(wanted) {
      // A full disk makes SQLite roll back by itself; to be asked again is an error that would hide the first one.
      const text = wanted === "rollback" && !sqlite.inTransaction ? "select 1" : wanted;
      let statement = statements.get(text);
      if (!statement) {
        statement = sqlite.prepare(text);
        statements.set(text, statement);
      }
      if (!statement.readonly) beforeWrite();
      return statement as unknown as SqliteStatement;
    },
    close: () => void sqlite.close(),
  };
}

function makeFolder(folder: string): void {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
  } catch (cause) {
    const message = say`The data folder ${folder} cannot be made or written (${reason(cause)}). Choose another one, or make it writable.`;
    throw new HapaError("storage_failed", message, undefined, { cause });
  }
}

function openFile(path: string): Sqlite.Database {
  try {
    // It holds the person's data: a new one is readable by them alone (SQLite gives its WAL the same mode).
    closeSync(openSync(path, "a", 0o600));
    return new Sqlite(path);
  } catch (cause) {
    throw explain(cause, path);
  }
}

function checkIntact(sqlite: Sqlite.Database, path: string): void {
  sqlite.prepare("select count(*) from sqlite_schema").get();
  if (!existsSync(path) || statSync(path).size > quickCheckBytes) return;
  const result = sqlite.pragma("quick_check(1)", { simple: true });
  if (result !== "ok") throw damaged(path, String(result));
}

function damaged(path: string, detail: string, cause?: unknown): HapaError {
  return new HapaError(
    "storage_failed",
    say`The database ${path} is damaged (${detail}). It was left as it was: move it away to start afresh, or put a backup in its place.`,
    undefined,
    { cause },
  );
}

/** Puts what SQLite or the file system said into words with a way out. */
export function explain(error: unknown, path: string): HapaError {
  const code = (error as { code?: string }).code ?? "";
  if (code === "SQLITE_NOTADB" || code.startsWith("SQLITE_CORRUPT")) return damaged(path, reason(error), error);
  const advice =
    code === "SQLITE_FULL" || code === "ENOSPC"
      ? say`The disk is full: free some space.`
      : /^(SQLITE_READONLY|SQLITE_CANTOPEN|EACCES|EROFS|EPERM|EISDIR)/.test(code)
        ? say`Make the data folder writable, or choose another one.`
        : code.startsWith("SQLITE_BUSY")
          ? say`Another program holds it: close it and try again.`
          : code.startsWith("SQLITE_IOERR")
            ? say`The disk is full or failing: see that it has space.`
            : say`Look into the log for more.`;
  const message = say`The database ${path} cannot be used (${reason(error)}). ${advice}`;
  return new HapaError("storage_failed", message, undefined, { cause: error });
}

function reason(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
