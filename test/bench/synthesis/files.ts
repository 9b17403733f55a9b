/** The problems of a path: which files, and the reader of their format. */
import { readdirSync, readFileSync, statSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { z } from "zod";
import type { Example } from "../../../src/contract/tasks.ts";
import { readLabelled } from "./labelled.ts";
import { type Format, UsageError } from "./options.ts";
import { readSpec } from "./spec.ts";
import { readSygus } from "./sygus.ts";

export interface Problem {
  readonly name: string;
  readonly examples: readonly Example[];
}

interface Reader {
  /** Whether a file found in a folder is one of the format. */
  readonly matches: (file: string) => boolean;
  /** A problem's name, from its file's full path. */
  readonly nameOf: (file: string) => string;
  readonly read: (source: string, file: string) => Example[];
}

const readers: Readonly<Record<Format, Reader>> = {
  sygus: { matches: (file) => file.endsWith(".sl"), nameOf: (file) => basename(file, ".sl"), read: readSygus },
  spec: {
    matches: (file) => basename(file) === "spec.json",
    nameOf: (file) => basename(dirname(file)),
    read: readSpec,
  },
  labelled: { matches: (file) => /\.(csv|json)$/.test(file), nameOf: (file) => basename(file), read: readLabelled },
};

/**
 * The problems in files and folders, sorted by path in each folder; `only` chooses by name, before a file is read.
 * @throws UsageError where a path leads nowhere, holds no problem, or a file cannot be read
 */
export function readProblems(format: Format, paths: readonly string[], only?: RegExp): Problem[] {
  const reader = readers[format];
  const files = paths.flatMap((path) => filesAt(path, reader));
  if (files.length === 0) throw new UsageError(`No file of the format ${format} in ${paths.join(", ")}.`);
  const chosen = files.filter((file) => !only || only.test(reader.nameOf(file)));
  if (chosen.length === 0) throw new UsageError(`None of the ${files.length} problems has a name that --only finds.`);
  return chosen.map((file) => readProblem(file, reader));
}

function filesAt(path: string, reader: Reader): string[] {
  const root = resolve(path);
  try {
    if (!statSync(root).isDirectory()) return [root];
    const inside = readdirSync(root, { recursive: true, encoding: "utf8" });
    return inside
      .filter(reader.matches)
      .sort()
      .map((file) => join(root, file));
  } catch (error) {
    throw new UsageError(`Cannot read ${path}: ${messageOf(error)}`);
  }
}

function readProblem(file: string, { nameOf, read }: Reader): Problem {
  try {
    return { name: nameOf(file), examples: read(readFileSync(file, "utf8"), file) };
  } catch (error) {
    throw new UsageError(`Cannot read ${file}: ${messageOf(error)}`);
  }
}

function messageOf(error: unknown): string {
  return error instanceof z.ZodError ? z.prettifyError(error) : error instanceof Error ? error.message : String(error);
}
