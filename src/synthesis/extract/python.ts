/** Writes an extraction program as Python, with the same outputs as the JavaScript. */
import { quote } from "../javascript.ts";
import { type CellStyle, cellPattern } from "./cells.ts";
import type { Source } from "./emit.ts";
import type { Finder } from "./finder.ts";
import { pythonRegExp } from "./pattern.ts";
import type { Program, Slot } from "./program.ts";
import { constantName, explain, finderName, sayDelimiter, sayPattern } from "./words.ts";

const value = (missing: null | ""): string => (missing === null ? "None" : '""');
/** A string literal: JSON's escapes are Python's, too. */
const str = quote;

export function emitPython(program: Program, source: Source, note = ""): string {
  const { constants, body } = parts(program);
  const regular = constants.length > 0 || body.some((line) => line.includes("re."));
  const lines = [...readLines(source), ...body].map((line) => (line === "" ? "" : `    ${line}`));
  const imports = [...(source.field === undefined ? ["import json"] : []), ...(regular ? ["import re"] : [])].join(
    "\n",
  );
  const head = [...(imports ? [imports] : []), ...(constants.length > 0 ? [constants.join("\n\n")] : [])].join("\n\n");
  return `${head ? `${head}\n\n\n` : ""}# ${explain(program)}${note}\ndef run(input):\n${lines.join("\n")}\n`;
}

function readLines({ field, optional }: Source): string[] {
  if (field === undefined)
    return [
      `if isinstance(input, (dict, list))${optional ? "" : " or input is None"}:`,
      '    raise TypeError("expected text")',
      ...(optional ? ["if input is None:", '    input = ""'] : []),
      "text = input if isinstance(input, str) else json.dumps(input)",
    ];
  return [
    `text = input.get(${str(field)}) if isinstance(input, dict) else None`,
    ...(optional ? ["if text is None:", '    text = ""'] : []),
    "if not isinstance(text, str):",
    `    raise TypeError(${str(`expected text in ${JSON.stringify(field)}`)})`,
  ];
}

interface Parts {
  readonly constants: readonly string[];
  readonly body: readonly string[];
}

const constant = (comment: string, name: string, source: string): string => `# ${comment}\n${name} = ${source}`;

function parts(program: Program): Parts {
  switch (program.kind) {
    case "one": {
      const { finder, missing } = program;
      const name = constantName(finderName(finder), new Set());
      const group = finder.grouped ? 1 : 0;
      const constants = [constant(sayPattern(finder), name, pythonRegExp(finder.node))];
      if (finder.which === "last")
        return {
          constants,
          body: [
            `matches = [match[${group}] for match in ${name}.finditer(text)]`,
            `return matches[-1] if matches else ${value(missing)}`,
          ],
        };
      return {
        constants,
        body: [`match = ${name}.search(text)`, `return match[${group}] if match else ${value(missing)}`],
      };
    }
    case "all": {
      const { finder } = program;
      const name = constantName(finderName(finder), new Set());
      return {
        constants: [constant(sayPattern(finder), name, pythonRegExp(finder.node))],
        body: [`return [match[${finder.grouped ? 1 : 0}] for match in ${name}.finditer(text)]`],
      };
    }
    case "line":
      return {
        constants: [constant("A line and its fields.", "LINE", pythonRegExp(program.node))],
        body: [
          "match = LINE.search(text)",
          ...returnRecord(
            program.slots.map(
              (slot) => [slot, `match[${str(slot.group)}] if match else ${value(slot.missing)}`] as const,
            ),
            program.omit,
          ),
        ],
      };
    case "fields": {
      const taken = new Set<string>();
      const named = program.slots.map((slot) => ({ slot, name: constantName(slot.key, taken) }));
      return {
        constants: [
          ...named.map(({ slot: { finder, key }, name }) =>
            constant(`${quote(key)}: ${sayPattern(finder)}`, name, pythonRegExp(finder.node)),
          ),
          findFunction(program.slots),
        ],
        body: returnRecord(
          named.map(({ slot, name }) => [slot, findCall(slot.finder, slot.missing, name)] as const),
          program.omit,
        ),
      };
    }
    case "cell": {
      const { constants, cells } = cut(program.style);
      const at = program.column;
      return {
        constants,
        body: [`cells = ${cells}`, `return (cells[${at}] if len(cells) > ${at} else "") or ${value(program.missing)}`],
      };
    }
    case "cells": {
      const { constants, cells } = cut(program.style);
      return { constants, body: [`return ${cells}`] };
    }
    case "columns": {
      const { constants, cells } = cut(program.style);
      const fields = program.slots.map(
        (slot) =>
          [slot, `(cells[${slot.column}] if len(cells) > ${slot.column} else "") or ${value(slot.missing)}`] as const,
      );
      return { constants, body: [`cells = ${cells}`, ...returnRecord(fields, program.omit)] };
    }
    case "pairs": {
      const { style, slots } = program;
      const plain = style.trim ? "match[2].strip()" : "match[2]";
      const text = style.quotes ? "match[3] if match[2] is None else match[2]" : plain;
      const pairs = `{${style.trim ? "match[1].strip()" : "match[1]"}: ${text} for match in PAIR.finditer(text)}`;
      const constants = [
        constant(`${style.say.charAt(0).toUpperCase()}${style.say.slice(1)}.`, "PAIR", pythonRegExp(style.node)),
      ];
      if (!slots) return { constants, body: [`return ${pairs}`] };
      const fields = slots.map((slot) => [slot, `pairs.get(${str(slot.name)}) or ${value(slot.missing)}`] as const);
      return { constants, body: [`pairs = ${pairs}`, ...returnRecord(fields, program.omit)] };
    }
  }
}

const findCall = ({ which, grouped }: Finder, missing: null | "", name: string): string => {
  const options = [
    ...(missing === null ? [] : [`missing=${value(missing)}`]),
    ...(which === "last" ? ["last=True"] : []),
  ];
  return `find(${[name, "text", grouped ? "1" : "0", ...options].join(", ")})`;
};

/** A helper shared by the fields of a record. */
function findFunction(slots: readonly { readonly finder: Finder; readonly missing: null | "" }[]): string {
  const last = slots.some(({ finder }) => finder.which === "last");
  const missing = slots.some((slot) => slot.missing !== null);
  const parameters = [
    "pattern",
    "text",
    "group",
    ...(missing ? ["missing=None"] : []),
    ...(last ? ["last=False"] : []),
  ];
  const none = missing ? "missing" : "None";
  return last
    ? `\ndef find(${parameters.join(", ")}):\n    found = [match[group] for match in pattern.finditer(text)]\n    return found[-1 if last else 0] if found else ${none}`
    : `\ndef find(${parameters.join(", ")}):\n    match = pattern.search(text)\n    return match[group] if match else ${none}`;
}

function cut(style: CellStyle): { constants: string[]; cells: string } {
  const { delimiter, quotes, trim } = style;
  const split = `text.split(${str(delimiter)})`;
  if (!quotes) return { constants: [], cells: trim ? `[cell.strip() for cell in ${split}]` : split };
  const plain = trim ? "match[2].strip()" : "match[2]";
  return {
    constants: [
      constant(
        `A cell and the delimiter before it; cells in quotes may hold ${sayDelimiter(delimiter)}, and quotes written twice.`,
        "CELL",
        `re.compile(r'${cellPattern(style).replaceAll("\\/", "/")}')`,
      ),
      `\ndef cells_of(line):\n    return [\n        ${plain} if match[1] is None else match[1].replace('""', '"')\n        for match in CELL.finditer(${str(delimiter)} + line)\n    ]`,
    ],
    cells: "cells_of(text)",
  };
}

function returnRecord(fields: readonly (readonly [Slot, string])[], omit: boolean): string[] {
  const entries = fields.map(([{ key }, source]) => `${str(key)}: ${source}`);
  const object = ["{", ...entries.map((entry) => `    ${entry},`), "}"];
  if (!omit) return object.map((l, i) => (i === 0 ? `return ${l}` : l));
  return [
    ...object.map((l, i) => (i === 0 ? `record = ${l}` : l)),
    "return {key: value for key, value in record.items() if value is not None}",
  ];
}
