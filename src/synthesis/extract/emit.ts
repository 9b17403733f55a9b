/** Writes an extraction program as JavaScript that a person would write. */
import { freeName, literal, member, propertyKey, quote } from "../javascript.ts";
import { type CellStyle, cellPattern } from "./cells.ts";
import type { Finder } from "./finder.ts";
import { javascriptRegExp, type Node } from "./pattern.ts";
import type { Program, Slot } from "./program.ts";
import { constantName, explain, finderName, sayDelimiter, sayPattern } from "./words.ts";

/** Where the text stands in an input: in a field of a record, or it is the input. */
export interface Source {
  readonly field?: string;
  /** Null, or a record without the field, is read as empty text. */
  readonly optional: boolean;
}

/** A JavaScript literal of the pattern. */
function regExp(node: Node, global: boolean): string {
  const { source, flags } = javascriptRegExp(node);
  return `/${source}/${global ? "g" : ""}${flags}`;
}

export function emitJavascript(program: Program, source: Source, note = ""): string {
  const { constants, body } = parts(program);
  const head = [...readLines(source), ...body].map((line) => `  ${line}`);
  const comment = `// ${explain(program)}${note}`;
  return `${[...constants, `${comment}\nfunction run(input) {\n${head.join("\n")}\n}`].join("\n\n")}\n`;
}

function readLines({ field, optional }: Source): string[] {
  const empty = optional ? ' ?? ""' : "";
  if (field === undefined)
    return [
      `if (typeof ${optional ? '(input ?? "")' : "input"} === "object") throw new TypeError("expected text");`,
      `const text = String(input${empty});`,
    ];
  return [
    `const text = ${member("input", field).replace("input", "input?").replace("?[", "?.[")}${empty};`,
    `if (typeof text !== "string") throw new TypeError(${quote(`expected text in ${JSON.stringify(field)}`)});`,
  ];
}

interface Parts {
  readonly constants: readonly string[];
  readonly body: readonly string[];
}

const constant = (comment: string, name: string, value: string): string => `// ${comment}\nconst ${name} = ${value};`;

function parts(program: Program): Parts {
  switch (program.kind) {
    case "one": {
      const { finder, missing } = program;
      const name = constantName(finderName(finder), new Set());
      return {
        constants: [constant(sayPattern(finder), name, regExp(finder.node, finder.which !== "first"))],
        body: [`return ${find(finder, name)} ?? ${literal(missing)};`],
      };
    }
    case "all": {
      const { finder } = program;
      const name = constantName(finderName(finder), new Set());
      return {
        constants: [constant(sayPattern(finder), name, regExp(finder.node, true))],
        body: [
          finder.grouped
            ? `return Array.from(text.matchAll(${name}), (match) => match[1]);`
            : `return text.match(${name}) ?? [];`,
        ],
      };
    }
    case "line": {
      const fields = program.slots.map((slot) => [slot, `fields?.${slot.group}`] as const);
      return {
        constants: [constant("A line and its fields.", "LINE", regExp(program.node, false))],
        body: ["const fields = text.match(LINE)?.groups;", ...returnRecord(fields, program.omit, "??")],
      };
    }
    case "fields": {
      const taken = new Set<string>();
      const named = program.slots.map((slot) => ({ slot, name: constantName(slot.key, taken) }));
      const lines = named.map(({ slot: { finder, key }, name }) => ({
        constant: constant(`${quote(key)}: ${sayPattern(finder)}`, name, regExp(finder.node, finder.which !== "first")),
        read: [key, find(finder, name)] as const,
      }));
      const fields = named.map(({ slot }, i) => [slot, lines[i]?.read[1] ?? ""] as const);
      return { constants: lines.map((line) => line.constant), body: returnRecord(fields, program.omit, "??") };
    }
    case "cell": {
      const { constants, cells } = cut(program.style);
      return { constants, body: [`return ${cells}[${program.column}] || ${literal(program.missing)};`] };
    }
    case "cells": {
      const { constants, cells } = cut(program.style);
      return { constants, body: [`return ${cells};`] };
    }
    case "columns": {
      const { constants, cells } = cut(program.style);
      const taken = new Set(["input", "text", "record"]);
      const names = new Map(program.slots.map((slot) => [slot.column, freeName(slot.key, taken)]));
      const width = Math.max(...names.keys()) + 1;
      const slots = Array.from({ length: width }, (_, column) => names.get(column) ?? "");
      const fields = program.slots.map((slot) => [slot, names.get(slot.column) ?? ""] as const);
      const holes = slots.filter((slot) => slot === "").length;
      if (holes > 3)
        return {
          constants,
          body: [
            `const cells = ${cells};`,
            ...returnRecord(
              program.slots.map((slot) => [slot, `cells[${slot.column}]`] as const),
              program.omit,
              "||",
            ),
          ],
        };
      return {
        constants,
        body: [
          `const [${slots.join(", ").replaceAll(", ,", ", ,")}] = ${cells};`,
          ...returnRecord(fields, program.omit, "||"),
        ],
      };
    }
    case "pairs": {
      const { style, slots } = program;
      const [names, value] = style.quotes
        ? ["key, quoted, plain", "quoted ?? plain"]
        : ["key, value", style.trim ? "value.trim()" : "value"];
      const entry = `([, ${names}]) => [${style.trim ? "key.trim()" : "key"}, ${value}]`;
      const entries = `Array.from(text.matchAll(PAIR), ${entry})`;
      const constants = [
        constant(`${style.say.charAt(0).toUpperCase()}${style.say.slice(1)}.`, "PAIR", regExp(style.node, true)),
      ];
      if (!slots) return { constants, body: [`return Object.fromEntries(${entries});`] };
      const fields = slots.map((slot) => [slot, `pairs.get(${quote(slot.name)})`] as const);
      return { constants, body: [`const pairs = new Map(${entries});`, ...returnRecord(fields, program.omit, "||")] };
    }
  }
}

const find = ({ which, grouped }: Finder, name: string): string =>
  which === "last"
    ? `Array.from(text.matchAll(${name})).at(-1)?.[${grouped ? 1 : 0}]`
    : `text.match(${name})?.[${grouped ? 1 : 0}]`;

function cut({ delimiter, quotes, trim, ...rest }: CellStyle): { constants: string[]; cells: string } {
  if (!quotes)
    return { constants: [], cells: `text.split(${quote(delimiter)})${trim ? ".map((cell) => cell.trim())" : ""}` };
  const style = { delimiter, quotes, trim, ...rest };
  const plain = trim ? "plain.trim()" : "plain";
  return {
    constants: [
      constant(
        `A cell and the delimiter before it; cells in quotes may hold ${sayDelimiter(delimiter)}, and quotes written twice.`,
        "CELL",
        `/${cellPattern(style)}/g`,
      ),
      `function cellsOf(line) {\n  return Array.from(\`${delimiter === "\t" ? "\\t" : delimiter}\${line}\`.matchAll(CELL), ([, quoted, plain]) =>\n    quoted === undefined ? ${plain} : quoted.replaceAll('""', '"'),\n  );\n}`,
    ],
    cells: "cellsOf(text)",
  };
}

/** @param or `??` where what is missing is undefined, `||` where it may be empty text */
function returnRecord(fields: readonly (readonly [Slot, string])[], omit: boolean, or: "??" | "||"): string[] {
  const entries = fields.map(([{ key, missing }, value]) => `${propertyKey(key)}: ${value} ${or} ${literal(missing)}`);
  const line = `{ ${entries.join(", ")} }`;
  const object = line.length < 90 ? [line] : ["{", ...entries.map((entry) => `  ${entry},`), "}"];
  const last = object.length - 1;
  if (!omit) return object.map((l, i) => `${i === 0 ? "return " : ""}${l}${i === last ? ";" : ""}`);
  return [
    ...object.map((l, i) => `${i === 0 ? "const record = " : ""}${l}${i === last ? ";" : ""}`),
    "return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null));",
  ];
}
