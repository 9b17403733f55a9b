/** A scripted model for the streams of `drifting.ts`: writes their programs, and knows what their outputs should be. */
import type { Example } from "../../src/contract/tasks.ts";
import type { Drifting } from "./drifting.ts";
import { type FakeModel, type ModelRequest, startFakeModel, structuredAnswer } from "./fake-model.ts";

interface Written {
  /** What a person's first examples lead to. */
  readonly old: string;
  /** What it writes when it is shown an input of the new kind. */
  readonly both: string;
  /** Stands in a request that shows such an input. */
  readonly sign: RegExp;
}

const desks = (more: string): string => `function run(input) {
  const text = input.toLowerCase();
  ${more}
  if (/charg|invoice|refund|bill|receipt|pay |payment|card|discount|vat/.test(text)) return "billing";
  if (/log in|password|account|login|newsletter|app |profile|e-mail/.test(text)) return "account";
  return "delivery";
}`;
const returns = 'if (/return|exchange|swap|send the .* back|give it back/.test(text)) return "returns";';
const german = `if (/abgebucht|rechnung|erstattung|gebühr|karte bezahlen|gutschein|beleg|überweisung|zahlung/.test(text)) return "billing";
  if (/einloggen|passwort|benutzer|anmeldung|konto|newsletter|app /.test(text)) return "account";`;

const written: Readonly<Record<string, Written>> = {
  "a new date format": {
    old: 'function run(input) { const [d, m, y] = input.split("."); return [y, m, d].join("-"); }',
    both: `function run(input) {
      const named = /^([A-Z][a-z]+) (\\d+), (\\d+)$/.exec(input);
      if (!named) { const [d, m, y] = input.split("."); return [y, m, d].join("-"); }
      const month = "JanFebMarAprMayJunJulAugSepOctNovDec".indexOf(named[1]) / 3 + 1;
      return [named[3], String(month).padStart(2, "0"), named[2].padStart(2, "0")].join("-");
    }`,
    sign: /[A-Z][a-z]{2} \d+, \d{4}/,
  },
  "a changed delimiter": {
    old: `function run(input) { const [, s, g, t] = input.split(";"); return g + " " + s + ", " + t; }`,
    both: `function run(input) { const [, s, g, t] = input.split(/[;\\t]/); return g + " " + s + ", " + t; }`,
    sign: /\\t/,
  },
  "a unit change": {
    old: 'function run(input) { return Number((Number(input.split(" ")[0]) / 1000).toFixed(3)); }',
    both: `function run(input) {
      const [n, unit] = input.split(" ");
      return Number((unit === "lb" ? n * 0.45359237 : n / 1000).toFixed(3));
    }`,
    sign: / lb/,
  },
  "a new label": { old: desks(""), both: desks(returns), sign: /returns/ },
  "a new language": { old: desks(""), both: desks(german), sign: /[äöüß]/ },
};

/** @param known rows whose outputs it can say */
export function startDriftingModel({ name }: Drifting, known: readonly Example[]): Promise<FakeModel> {
  const program = written[name];
  if (!program) throw new Error(`No program is written for "${name}".`);
  const outputs = new Map(known.map(({ input, output }) => [JSON.stringify(input), JSON.stringify(output)]));
  const reply = (request: ModelRequest): string => {
    const text = request.messages.map(({ content }) => content).join("\n");
    if (!JSON.stringify(request.response_format ?? null).includes("expected_output")) {
      return structuredAnswer(program.sign.test(text) ? program.both : program.old);
    }
    const output = outputs.get(text.slice(text.lastIndexOf("Input:\n") + "Input:\n".length).trim());
    return JSON.stringify({ why: "", known: output !== undefined, output: output ?? "null" });
  };
  return startFakeModel({ reply });
}
