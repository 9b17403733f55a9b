/** The Doctor's report as Markdown: what was found, and what to do. Pure; `examine.ts` finds it out. */
import { homedir } from "node:os";
import { redact } from "../../contract/redact.ts";

/** `off`: not set up, which is no fault. */
export type State = "ok" | "off" | "warning" | "problem";

export interface Finding {
  readonly name: string;
  readonly state: State;
  readonly found: string;
  /** What to do, where something is to be done. */
  readonly advice?: string;
}

export interface ReportWords {
  readonly title: string;
  readonly summary: string;
  readonly columns: readonly [state: string, part: string, found: string];
  readonly states: Readonly<Record<State, string>>;
  readonly toDo: string;
  readonly about: string;
}

const marks: Readonly<Record<State, string>> = { ok: "✓", off: "○", warning: "!", problem: "✗" };

/** Without secrets: keys, passwords in addresses and the person's home folder are taken out whatever was found. */
export function doctorReport(
  findings: readonly Finding[],
  about: readonly (readonly [name: string, value: string])[],
  words: ReportWords,
  home = homedir(),
): string {
  const clean = (text: string): string => withoutHome(redact(text), home);
  const cell = (text: string): string => clean(text).replace(/\s+/g, " ").replaceAll("|", "\\|");
  const rows = findings.map(
    (
      { name, state, found }, // Narrow as it is, the first column does not break.
    ) => `| ${`${marks[state]} ${words.states[state]}`.replaceAll(" ", "\u00a0")} | ${cell(name)} | ${cell(found)} |`,
  );
  const advice = findings.flatMap(({ name, advice: todo }) => (todo ? [`- **${cell(name)}**: ${clean(todo)}`] : []));
  return [
    `# ${words.title}`,
    "",
    words.summary,
    "",
    `| ${words.columns.join(" | ")} |`,
    "| --- | --- | --- |",
    ...rows,
    "",
    ...(advice.length > 0 ? [`## ${words.toDo}`, "", ...advice, ""] : []),
    `## ${words.about}`,
    "",
    ...about.map(([name, value]) => `- ${name}: ${clean(value)}`),
    "",
  ].join("\n");
}

function withoutHome(text: string, home: string): string {
  return home.length > 1 ? text.replaceAll(home, "~") : text;
}
