/** The tool `hapa_generate_program`: examples in, a proven and kept program out. */
import * as vscode from "vscode";
import { spoken } from "../../contract/say.ts";
import { describeProof, makeProgram } from "../programs.ts";
import type { Workshop } from "../workshop.ts";
import { readExamples, readFields } from "./tool-input.ts";

export function describe(input: unknown): string {
  const count = readFields(input).optionalList("examples").length;
  return vscode.l10n.t("Making a program from {0} examples and proving it on them", count);
}

export async function invoke(app: Workshop, input: unknown, signal: AbortSignal): Promise<string> {
  const fields = readFields(input);
  const description = fields.text("description");
  const examples = readExamples(fields.list("examples"));
  const inputs = fields.optionalList("inputs");
  const wanted = fields.optionalText("language");
  const language =
    wanted === "javascript" || wanted === "typescript" || wanted === "python" ? wanted : app.programLanguage();
  const { client } = await app.backend.get();
  const program = await makeProgram(client, { question: description, language, examples, inputs }, {}, signal);
  const name = (fields.optionalText("name") ?? description.replace(/\s+/g, " ")).slice(0, 80);
  await client.call("changeTask", { params: { id: program.taskId }, body: { name, draft: false } });
  const { verification } = program;
  return JSON.stringify({
    task_id: program.taskId,
    name,
    version: program.version,
    language: program.language,
    proof: spoken(describeProof(verification)),
    notes: verification.notes,
    ambiguous: verification.ambiguous,
    odd_examples: verification.oddExamples,
    code: program.code,
  });
}
