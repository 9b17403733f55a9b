/**
 * The sandbox as callers know it: a lane for JavaScript, one for the programs of it that used up their time or memory,
 * so that they hold up nobody but each other, and one for Python. Lanes start at the first program they get.
 */
import { HapaError } from "../contract/errors.ts";
import { say } from "../contract/say.ts";
import { type ChildOrders, Recent } from "./child/protocol.ts";
import type { Launch } from "./child-process.ts";
import { findNode, thisMachine } from "./find-node.ts";
import type { NodeRuntime, Program, Sandbox, SandboxOptions } from "./sandbox.ts";
import { StartGate } from "./start-gate.ts";
import { Supervisor } from "./supervisor.ts";

const defaultMemoryLimitMb = 64;
/** From start to first word, in ms: Python's runtime takes seconds to load, on a busy machine many. */
const spawnMs = 5_000;
const pythonSpawnMs = 60_000;
/** Python takes seconds to load: its children are kept so many times as long as others. */
const pythonRestFactor = 10;
/** The lane of offenders ends its children after so long without work. */
const offendersRestMs = 60_000;
const offendersKnown = 1_000;

/** Nothing is started before the first run. `stop` must be called in the end. */
export function createSandbox(options: SandboxOptions): Sandbox {
  const { childPath, onEvent, engine = "auto", memoryLimitMb = defaultMemoryLimitMb, restAfterMs } = options;
  let asked: Promise<NodeRuntime> | undefined;
  const node = () => {
    asked ??= findNode(options.nodePath, options.machine ?? thisMachine());
    return asked;
  };
  const launchOn = (runtime: NodeRuntime, orders: ChildOrders, ms: number): Launch => {
    const launch: Launch = { childPath, node: runtime, orders, spawnMs: ms, restricted: true };
    // An editor's runtime may know no permission model; what runs there is confined by WebAssembly.
    return runtime.isElectron ? { ...launch, otherwise: { ...launch, restricted: false } } : launch;
  };
  const javascript = async (): Promise<Launch> => {
    const runtime = await node();
    if (runtime.isElectron && engine === "isolated-vm") {
      const advice = 'Install Node 24 or newer, or set "hapa.sandbox.engine" to "auto".';
      throw new HapaError("sandbox_unavailable", say`isolated-vm needs a Node of its own. ${advice}`);
    }
    const engines =
      engine !== "auto"
        ? [engine]
        : runtime.isElectron
          ? (["quickjs"] as const)
          : (["isolated-vm", "quickjs"] as const);
    return launchOn(runtime, { engines, memoryLimitMb }, spawnMs);
  };
  const python = async (): Promise<Launch> => {
    if (options.python === undefined)
      throw new HapaError("sandbox_unavailable", say`Python programs are not set up on this server.`);
    const [runtime, pyodidePath] = [await node(), await options.python()];
    return launchOn(runtime, { engines: ["pyodide"], memoryLimitMb, pyodidePath }, pythonSpawnMs);
  };

  const offenders = new Recent<true>(offendersKnown);
  const shared = { gate: new StartGate(), ...(onEvent === undefined ? {} : { onEvent }) };
  const onOffence = (key: string) => {
    if (offenders.touch(key)) return;
    offenders.add(key, true);
    lanes.offenders.warmUp();
  };
  const resting = (factor: number) => (restAfterMs === undefined ? {} : { restAfterMs: restAfterMs * factor });
  const lanes = {
    javascript: new Supervisor({ launch: javascript, onOffence, ...resting(1), ...shared }),
    offenders: new Supervisor({ launch: javascript, restAfterMs: offendersRestMs, ...shared }),
    // Each takes some 220 MB.
    python: new Supervisor({ launch: python, maxSpares: 1, ...resting(pythonRestFactor), ...shared }),
  };
  const laneOf = ({ key, language }: Program) => {
    if (language === "python") return lanes.python;
    // A lane that is not up would keep its caller waiting for longer than a kill does the others.
    return offenders.touch(key) && lanes.offenders.isWarm ? lanes.offenders : lanes.javascript;
  };

  return {
    async run(program, input, runOptions) {
      const [verdict] = await laneOf(program).runBatch(program, [oneLine(input)], runOptions);
      if (verdict === undefined) throw new HapaError("internal", say`The sandbox gave no verdict.`);
      return verdict;
    },
    runBatch: (program, inputs, batchOptions) =>
      laneOf(program).runBatch(program, inputs.every(isLine) ? inputs : inputs.map(oneLine), batchOptions),
    info: () => ({ ...lanes.javascript.info(), python: lanes.python.info() }),
    async stop() {
      await Promise.all(Object.values(lanes).map((lane) => lane.stop()));
    },
  };
}

/** Whether a text can travel as a line of UTF-8. */
function isLine(text: string): boolean {
  return !text.includes("\n") && text.isWellFormed();
}

/** JSON text has newlines between its tokens only; one inside a string makes it no JSON, and it stays none. */
function oneLine(json: string): string {
  if (isLine(json)) return json;
  try {
    return JSON.stringify(JSON.parse(json));
  } catch {
    return "";
  }
}
