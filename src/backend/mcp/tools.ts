/** What an agent may call: make a program, run one, see which there are, and each active program by its own name. */
import { z } from "zod";
import type { Verification } from "../../contract/artifacts.ts";
import { HapaError } from "../../contract/errors.ts";
import type { GenerateAnswer } from "../../contract/generation.ts";
import { allows, type Role } from "../../contract/roles.ts";
import { type RouteName, routes } from "../../contract/routes.ts";
import { say } from "../../contract/say.ts";
import type { ActiveTask } from "../../store/tasks.ts";
import { readRequest } from "../middleware/errors.ts";
import type { RequestContext } from "../serve.ts";
import { type CallRoute, requirePermission, routeCaller, type ToolHandlers } from "./call-route.ts";
import { type FixedTool, fixedTools, needs, type Tool, toolArguments } from "./fixed-tools.ts";
import { toolDescription, toolInput, toolNames } from "./program-tools.ts";

/** `text` says all that `data` does, for clients that show a model nothing else. */
export interface ToolAnswer {
  readonly text: string;
  readonly data?: Record<string, unknown>;
  readonly isError?: boolean;
}

export interface Tools {
  /** Those that the key may use. */
  list(role: Role | undefined): Promise<Tool[]>;
  /** @throws HapaError, "not_found" where there is no such tool */
  call(name: string, args: Readonly<Record<string, unknown>>, context: RequestContext): Promise<ToolAnswer>;
}

export interface ToolParts {
  readonly handlers: ToolHandlers;
  readonly active: () => Promise<ActiveTask[]>;
}

/** Agents choose among so many at most; `list_programs` and `run_program` reach the others. */
const mostPrograms = 100;
const mostListed = 500;

export function createTools({ handlers, active }: ToolParts): Tools {
  const fixed = Object.keys(fixedTools) as FixedTool[];
  const namesOf = (tasks: readonly ActiveTask[]) => toolNames(tasks, fixed);

  const generate = async (args: z.output<(typeof toolArguments)["generate_program"]>, call: CallRoute) => {
    const { description, name, ...rest } = args;
    const body = { user_question: description, ...rest };
    const made = z.decode(
      routes.generateCode.answer,
      (await call("generateCode", { body })) as never,
    ) as GenerateAnswer;
    const { artifact, verification } = made;
    if (made.status === "error" || !artifact || !verification?.passed) {
      return {
        text: made.errorMessage ?? "No program could be proven on the examples. Give more examples.",
        isError: true,
      };
    }
    const kept = { name: name ?? description.replace(/\s+/g, " ").slice(0, 80), draft: false };
    await call("changeTask", { params: { id: artifact.taskId }, body: kept });
    return madeAnswer(made, namesOf(await active()).get(artifact.taskId));
  };

  const run = async (
    { program, inputs, version }: z.output<(typeof toolArguments)["run_program"]>,
    call: CallRoute,
  ) => {
    const tasks = await active();
    const id = findProgram(program, tasks, namesOf(tasks));
    const items = inputs.map((input) => ({ input }));
    const answer = await call("executeBatch", { body: { task_id: id, items, ...(version ? { version } : {}) } });
    const results = (answer["results"] as Record<string, unknown>[]).map(({ status, output, error_message }) =>
      status === "success" ? { output } : { output, status, error: error_message ?? status },
    );
    const data = {
      program: id,
      version: answer["version"],
      succeeded: answer["succeeded"],
      failed: answer["failed"],
      results,
    };
    return { text: JSON.stringify(data), data, isError: answer["succeeded"] === 0 };
  };

  const list = async ({ query = "" }: z.output<(typeof toolArguments)["list_programs"]>) => {
    const tasks = await active();
    const names = namesOf(tasks);
    const wanted = query.toLowerCase();
    const found = tasks.filter(({ name, description }) => `${name}\n${description}`.toLowerCase().includes(wanted));
    const programs = found.slice(0, mostListed).map((task) => ({
      id: task.id,
      name: task.name,
      tool: names.get(task.id),
      description: task.description.slice(0, 500),
      version: task.version,
      example: task.firstExample,
    }));
    const data = { total: found.length, programs };
    return { text: JSON.stringify(data), data };
  };

  const runOne = async (task: ActiveTask, args: Readonly<Record<string, unknown>>, call: CallRoute) => {
    const { isWrapped } = toolInput(task);
    if (isWrapped && !Object.hasOwn(args, "input")) {
      throw new HapaError("invalid_request", say`The argument \`input\` is missing: the value to run the program on.`);
    }
    const answer = await call("execute", {
      params: { id: task.id },
      body: { input: isWrapped ? args["input"] : args },
    });
    const { status, output, error_message: why, version, latency_ms } = answer;
    if (status !== "success")
      return { text: `The program ended as ${status}: ${why ?? "no reason was given"}`, isError: true };
    return {
      text: typeof output === "string" ? output : JSON.stringify(output),
      data: { output, version, latency_ms },
    };
  };

  return {
    async list(role) {
      if (!role) return [];
      const may = (route: RouteName) => allows(role, routes[route].permission);
      const tools: Tool[] = fixed.filter((name) => may(needs[name])).map((name) => ({ name, ...fixedTools[name] }));
      if (!may("execute")) return tools;
      const tasks = await active();
      const names = namesOf(tasks);
      return [
        ...tools,
        ...tasks.slice(0, mostPrograms).map((task) => programTool(task, names.get(task.id) ?? task.id)),
      ];
    },
    async call(name, args, context) {
      const call = routeCaller(handlers, context);
      if (Object.hasOwn(needs, name)) {
        // Who may not is told so, whatever they sent.
        requirePermission(context, needs[name as FixedTool]);
        if (name === "generate_program") return generate(read("generate_program", args), call);
        return name === "run_program" ? run(read("run_program", args), call) : list(read("list_programs", args));
      }
      requirePermission(context, "execute");
      const tasks = await active();
      const names = namesOf(tasks);
      const task = tasks.find(({ id }) => names.get(id) === name);
      if (!task)
        throw new HapaError(
          "not_found",
          say`There is no tool "${name.slice(0, 100)}" (any more). List the tools again.`,
        );
      return runOne(task, args, call);
    },
  };
}

function read<N extends FixedTool>(name: N, args: unknown): z.output<(typeof toolArguments)[N]> {
  return readRequest(toolArguments[name], args) as z.output<(typeof toolArguments)[N]>;
}

/** A program by its id, its tool's name, or its own name. */
function findProgram(given: string, tasks: readonly ActiveTask[], names: ReadonlyMap<string, string>): string {
  const same = (name: string) => name.toLowerCase() === given.toLowerCase();
  const byId = tasks.find(({ id }) => id === given || names.get(id) === given);
  if (byId) return byId.id;
  const byName = tasks.filter(({ name }) => same(name));
  if (byName.length > 1) {
    const ids = byName.slice(0, 10).map(({ id }) => id);
    throw new HapaError(
      "conflict",
      say`Several programs are called "${given}": give one of their ids (${ids.join(", ")}).`,
    );
  }
  // A draft, or a task whose version is given, may be run by its id, too.
  return byName[0]?.id ?? given;
}

function madeAnswer(made: GenerateAnswer, tool: string | undefined): ToolAnswer {
  const { artifact, verification } = made;
  if (!artifact || !verification) throw new HapaError("internal", say`The program was made, but is not there.`);
  const proof = proofOf(verification);
  const doubtful = verification.ambiguous.map(({ input, outputs }) => ({ input, outputs }));
  const notes = [
    ...verification.notes,
    ...(doubtful.length > 0
      ? [
          `The examples leave open what these inputs should give; the program's answer comes first. Ask, and generate again with the answer as an example: ${JSON.stringify(doubtful)}`,
        ]
      : []),
  ];
  const { taskId, version, language, code } = artifact;
  const said = [
    `Made and proven: ${proof}. It is kept as program ${taskId} (version ${version})${tool ? `; run it with the tool ${tool} or with run_program` : "; run it with run_program"}.`,
    ...notes,
    `${language}:\n${code}`,
  ];
  const data = {
    task_id: taskId,
    version,
    tool: tool ?? null,
    language,
    code,
    proof,
    verification: {
      method: verification.method,
      accuracy: verification.accuracy,
      shown: verification.shown,
      held_out: verification.heldOut,
      notes: verification.notes,
    },
    ambiguous: doubtful,
    odd_examples: verification.oddExamples,
    model: made.model,
  };
  return { text: said.join("\n\n"), data };
}

function proofOf({ method, shown, heldOut, accuracy }: Verification): string {
  const percent = `${Math.round(accuracy * 1_000) / 10}%`;
  if (method === "hold_out") return `${percent} right on ${heldOut.total} examples kept from the generator`;
  if (method === "cross_validation")
    return `${percent} right on ${heldOut.total} examples, each predicted without itself`;
  const known = `right on ${shown.passed} of ${shown.total} examples`;
  return method === "leave_one_out"
    ? `${known}, and on ${heldOut.passed} of ${heldOut.total} when each was held back`
    : known;
}

function programTool(task: ActiveTask, name: string): Tool {
  return {
    name,
    title: task.name.slice(0, 100),
    description: toolDescription(task),
    inputSchema: toolInput(task).schema,
    annotations: { readOnlyHint: true, destructiveHint: false, openWorldHint: false },
  };
}
