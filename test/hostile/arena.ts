/** What the hostile suite, its repetitions and the soak share: the programs, a sandbox to let them loose in, and the contract they are held to. */
import { readdirSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, extname, join } from "node:path";
import type { ExecutionStatus } from "../../src/contract/artifacts.ts";
import type { ProgramLanguage } from "../../src/contract/tasks.ts";
import { createSandbox } from "../../src/sandbox/lanes.ts";
import type { Program, Sandbox, Verdict } from "../../src/sandbox/sandbox.ts";
import { buildSandboxChild } from "../sandbox/support.ts";
import { hostileSources } from "./sources.ts";

export const engines = ["isolated-vm", "quickjs", "pyodide"] as const;
export type ArenaEngine = (typeof engines)[number];

export const budgetMs = 100;
/** A verdict may come so long after its budget, in ms, and the next good call may take so long. */
export const graceMs = 100;
/** A spare is waited for so long, in ms. */
const spareMs = 60_000;
/** The lane of offenders tells nobody about its spare: it has had the time to start one. */
const otherLaneMs = 1_500;

export interface Hostile {
  readonly name: string;
  readonly program: Program;
  readonly input: string;
  readonly tries: string;
  readonly expected: readonly string[];
  /** JSON text of the output where it succeeds. */
  readonly output: string;
}

export interface Answer {
  readonly verdict: Verdict;
  readonly ms: number;
}

/** One hostile call and the good one after it. */
export interface Bout {
  readonly hostile: Answer;
  readonly good: Answer;
}

const defaultInput = '{"text": "hostile"}';
/** What a program answers that found no way out. */
const contained = '"contained"';
const project = join(import.meta.dirname, "../..");
const bundles = join(project, "out", "hostile");
// What people run is the bundle, which starts in a third of the time of the sources. `out` is inside the project, where
// the engines are found.
await buildSandboxChild(bundles);
const childPath = join(bundles, "sandbox-child.cjs");
const languages: Readonly<Record<string, ProgramLanguage>> = {
  ".js": "javascript",
  ".txt": "javascript",
  ".py": "python",
};

/**
 * Every hostile program for an engine. A header line is `// name: text`, or `# name: text` in Python: `tries`, `expect`
 * (statuses), and where needed `expect ENGINE` in its place, `input` and `output` (JSON) and `language`.
 */
export function hostilePrograms(engine: ArenaEngine): Hostile[] {
  const folder = join(import.meta.dirname, engine === "pyodide" ? "python" : "programs");
  const sources = engine === "pyodide" ? [] : hostileSources();
  const files = readdirSync(folder)
    .filter((file) => languages[extname(file)] !== undefined)
    .sort()
    .map((file) => {
      const code = readFileSync(join(folder, file), "utf8");
      const header = (name: string) => new RegExp(`^(?://|#) ${name}: (.*)$`, "m").exec(code)?.[1];
      const expected = header(`expect ${engine}`) ?? header("expect");
      const tries = header("tries");
      if (expected === undefined || tries === undefined)
        throw new Error(`${file} does not say what it tries and expects`);
      const language = (header("language") as ProgramLanguage | undefined) ?? languages[extname(file)] ?? "javascript";
      return {
        name: file,
        program: { key: file, code, language },
        input: header("input") ?? defaultInput,
        tries,
        expected: expected.trim().split(/\s+/),
        output: header("output") ?? contained,
      };
    });
  return [
    ...files,
    ...sources.map(({ code, language, ...source }) => ({
      ...source,
      program: { key: source.name, code, language },
      input: defaultInput,
      output: contained,
    })),
  ];
}

const goodInput = '{"text": "all is well"}';
const goodOutput = '["ALL","IS","WELL"]';
const goodCode: Readonly<Record<ProgramLanguage, string>> = {
  javascript:
    "const word = /[a-z]+/g;\nfunction run(input) { return input.text.match(word).map((w) => w.toUpperCase()); }",
  typescript:
    'function run(input: { text: string }): string[] { return input.text.split(" ").map((w: string) => w.toUpperCase()); }',
  python: "def run(input):\n    return [word.upper() for word in input['text'].split()]",
};

export class Arena {
  readonly engine: ArenaEngine;
  readonly sandbox: Sandbox;
  #started = 0;
  #ended = 0;
  /** Wakes whoever waits for the next child. */
  #wake = () => {};

  constructor(engine: ArenaEngine) {
    this.engine = engine;
    this.sandbox = createSandbox({
      childPath,
      nodePath: process.execPath,
      ...(engine === "pyodide" ? { python: () => Promise.resolve(pyodideFolder()) } : { engine }),
      onEvent: ({ kind }) => {
        if (kind === "started") this.#started++;
        else this.#ended++;
        this.#wake();
      },
    });
  }

  /** A good call, then a warm spare. */
  async warmUp(): Promise<void> {
    const language = this.engine === "pyodide" ? "python" : "javascript";
    await this.sandbox.run(goodProgram(language), goodInput, { budgetMs: 1_000 });
    await this.settle();
  }

  /** Twice the same program: the second call must not find anything of the first. */
  async fight(hostile: Hostile): Promise<Bout[]> {
    const bouts: Bout[] = [];
    for (let call = 0; call < 2; call++) {
      const ended = this.#ended;
      const started = this.#started;
      const answer = await this.#timed(hostile.program, hostile.input);
      const good = await this.#timed(goodProgram(hostile.program.language), goodInput);
      bouts.push({ hostile: answer, good });
      await this.settle();
      await this.#until(() => this.#started - started >= this.#ended - ended, otherLaneMs);
    }
    return bouts;
  }

  /** Resolves when a warm spare waits to take over. */
  async settle(): Promise<void> {
    const isReady = () => {
      const info = this.sandbox.info();
      return (this.engine === "pyodide" ? info.python : info).spares > 0;
    };
    if (!(await this.#until(isReady, spareMs))) throw new Error(`No spare came up within ${spareMs / 1_000} s.`);
  }

  stop(): Promise<void> {
    return this.sandbox.stop();
  }

  async #timed(program: Program, input: string): Promise<Answer> {
    const startedAt = performance.now();
    const verdict = await this.sandbox.run(program, input, { budgetMs });
    return { verdict, ms: performance.now() - startedAt };
  }

  /** False where it did not come true within `ms`. */
  async #until(condition: () => boolean, ms: number): Promise<boolean> {
    const until = performance.now() + ms;
    while (!condition()) {
      const left = until - performance.now();
      if (left <= 0) return false;
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, left);
        this.#wake = () => {
          clearTimeout(timer);
          // What the sandbox does about an event, it does right after telling of it.
          setImmediate(resolve);
        };
      });
    }
    return true;
  }
}

/** What was wrong with these calls, in words; empty where the contract was kept. */
export function faults(hostile: Hostile, bouts: readonly Bout[]): string[] {
  const found: string[] = [];
  for (const { hostile: answer, good } of bouts) {
    const { status, output, errorMessage } = answer.verdict;
    const said = (errorMessage ?? output ?? "").slice(0, 300);
    if (!hostile.expected.includes(status)) found.push(`${status} (${said}), not ${hostile.expected.join(" or ")}`);
    else if (status === "success" && !sameJson(output, hostile.output)) found.push(`output ${said}`);
    if (status !== "success" && (output !== null || !errorMessage || errorMessage.length > 2_100))
      found.push(`a failure with output or without a message: ${said}`);
    if (answer.ms > budgetMs + graceMs) found.push(`verdict (${status}) after ${Math.round(answer.ms)} ms`);
    if (good.verdict.output !== goodOutput)
      found.push(`the next call: ${good.verdict.status} ${good.verdict.errorMessage ?? good.verdict.output}`);
    if (good.ms > graceMs) found.push(`the next call took ${Math.round(good.ms)} ms`);
  }
  const statuses = bouts.map(({ hostile: answer }) => answer.verdict.status);
  // A machine may be slow once and fast another time; apart from that, the same happens again.
  const [first, second] = statuses.map(kindOf);
  if (first !== second && first !== "stopped" && second !== "stopped") found.push(`first ${first}, then ${second}`);
  return found;
}

function kindOf(status: ExecutionStatus): "success" | "refused" | "stopped" {
  if (status === "success") return "success";
  return status === "error" || status === "invalid_output" ? "refused" : "stopped";
}

function goodProgram(language: ProgramLanguage): Program {
  return { key: `good ${language}`, code: goodCode[language], language };
}

function sameJson(a: string | null, b: string): boolean {
  return a !== null && JSON.stringify(JSON.parse(a)) === JSON.stringify(JSON.parse(b));
}

export function pyodideFolder(): string {
  return dirname(createRequire(import.meta.url).resolve("pyodide/package.json"));
}
