/**
 * Writes the twenty programs of docs/generator.md anew: of all problems in test/fixtures/transform that the generator
 * solves from three examples, every so-manieth by name. The rest of the file is kept as it is.
 */
import { execFileSync } from "node:child_process";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { runInNewContext } from "node:vm";
import type { Example } from "../src/contract/tasks.ts";
import type { JsonValue } from "../src/contract/wire.ts";
import { synthesize } from "../src/synthesis/synthesis.ts";

const root = join(import.meta.dirname, "..");
const problems = join(root, "test/fixtures/transform");
const page = join(root, "docs/generator.md");
const shown = 20;
const given = 3;
const [start, end] = ["<!-- programs: npm run docs:generator -->", "<!-- end of programs -->"];

interface Solved {
  readonly name: string;
  readonly examples: readonly Example[];
  readonly held: readonly Example[];
  readonly code: string;
}

function examplesOf(name: string): Example[] {
  const { Examples } = JSON.parse(readFileSync(join(problems, name, "spec.json"), "utf8")) as {
    Examples: { Input: string[]; Output: string }[];
  };
  return Examples.map(({ Input, Output }) => ({
    input: Input.length === 1 ? (Input[0] ?? "") : Input,
    output: Output,
  }));
}

async function solve(name: string): Promise<Solved | undefined> {
  const all = examplesOf(name);
  const [examples, held] = [all.slice(0, given), all.slice(given)];
  const found = await synthesize(examples, { inputs: all.map(({ input }) => input) });
  if (!("program" in found)) return undefined;
  const { code } = found.program;
  const run = runInNewContext(`${code}; run`) as (input: JsonValue) => JsonValue;
  const isRight = ({ input, output }: Example): boolean => {
    try {
      return JSON.stringify(run(input)) === JSON.stringify(output);
    } catch {
      return false;
    }
  };
  return held.every(isRight) ? { name, examples, held, code } : undefined;
}

const cell = (value: JsonValue): string =>
  `\`${(typeof value === "string" ? value : JSON.stringify(value)).replaceAll("|", "\\|").replaceAll("\n", "⏎") || " "}\``;

function section({ name, examples, held, code }: Solved): string {
  const rows = examples.map(({ input, output }) => `| ${cell(input)} | ${cell(output)} |`);
  return [
    `### ${name}`,
    "",
    "| input | output |",
    "| --- | --- |",
    ...rows,
    "",
    `Right on ${held.length} more rows.`,
    "",
    "```js",
    code.trimEnd(),
    "```",
    "",
  ].join("\n");
}

const names = readdirSync(problems, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();
const solved: Solved[] = [];
for (const name of names) {
  const one = await solve(name);
  if (one) solved.push(one);
}
const chosen = Array.from({ length: shown }, (_, i) => solved[Math.floor(((i + 0.5) * solved.length) / shown)]);
const text = readFileSync(page, "utf8");
const [from, to] = [text.indexOf(start), text.indexOf(end)];
if (from < 0 || to < 0) throw new Error(`${page} has no place for the programs: ${start} … ${end}`);
const intro = `Every ${Math.round(solved.length / shown)}th of the ${solved.length} problems (of ${names.length}) that were solved from three examples when this page was written.\n\n`;
const sections = chosen.flatMap((one) => (one ? [section(one)] : [])).join("\n");
writeFileSync(page, `${text.slice(0, from)}${start}\n\n${intro}${sections}\n${text.slice(to)}`);
// As the project's formatter has it.
execFileSync(process.execPath, [join(root, "node_modules/@biomejs/biome/bin/biome"), "format", "--write", page]);
process.stdout.write(`${chosen.length} programs written to docs/generator.md, of ${solved.length} solved\n`);
