/** How a task learns: what each setting means and costs, for those who may change it as a form. */
import { type FormEvent, type ReactNode, useId, useRef, useState } from "react";
import type { Overview } from "../../src/contract/dashboard.ts";
import type { Task } from "../../src/contract/tasks.ts";
import { paths } from "./paths.ts";
import { Section } from "./pieces.tsx";
import { useAction, useDashboardState, useRead, useServices } from "./services.ts";
import {
  changeOf,
  choices,
  type Draft,
  groups,
  isChoice,
  type NumberName,
  numbers,
  type SettingName,
  textOf,
  withDraft,
} from "./settings-form.ts";

export function SettingsPart({ task: told }: { readonly task: Task }) {
  const { words, dashboard } = useServices();
  const { mayWrite } = useDashboardState();
  const [draft, setDraft] = useState<Draft>({});
  const [wrong, setWrong] = useState<readonly SettingName[]>([]);
  const [said, setSaid] = useState("");
  /** What was answered when it was saved: the page reads the task again a little later. */
  const [saved, setSaved] = useState<Task | null>(null);
  const { working, failure, run } = useAction();
  const form = useRef<HTMLFormElement>(null);
  const of = words.settings;
  const task = saved !== null && saved.updatedAt >= told.updatedAt ? saved : told;
  const isChanged = Object.entries(draft).some(([name, text]) => text !== textOf(task, name as SettingName));

  const save = (event: FormEvent): void => {
    event.preventDefault();
    const { change, wrong: found } = changeOf(task, draft);
    setWrong(found);
    const [first] = found;
    if (first !== undefined) {
      form.current?.querySelector<HTMLElement>(`[name="${first}"]`)?.focus();
      return;
    }
    if (Object.keys(change).length === 0) {
      setDraft({});
      return;
    }
    run(async () => {
      setSaid("");
      setSaved((await dashboard.api.send("PATCH", paths.task(task.id), change)) as Task);
      setDraft({});
      setSaid(of.saved);
      dashboard.resources.changed((path) => path.includes(task.id) || path === paths.overview);
    });
  };
  const discard = (): void => {
    setDraft({});
    setWrong([]);
    setSaid(of.discarded);
  };
  const type = (name: SettingName, text: string): void => {
    setDraft({ ...draft, [name]: text });
    setWrong(wrong.filter((one) => one !== name));
    setSaid("");
  };
  const meant = withDraft(task, draft);
  const fields = Object.entries(groups).map(([group, names]) => (
    <fieldset key={group}>
      <legend>{of.groups[group as keyof typeof groups]}</legend>
      {group === "judges" ? <p className="line dim">{of.others}</p> : null}
      {names.map((name) => (
        <Setting key={name} name={name} task={meant} isWrong={wrong.includes(name)}>
          {(ids) =>
            mayWrite ? (
              <Control
                {...ids}
                name={name}
                text={draft[name] ?? textOf(task, name)}
                onType={(text) => type(name, text)}
              />
            ) : (
              <output id={ids.id}>
                {isChoice(name) ? optionOf(of, name, textOf(task, name)) : textOf(task, name)}
              </output>
            )
          }
        </Setting>
      ))}
      {group === "judges" ? <ModelCost task={meant} /> : null}
    </fieldset>
  ));
  return (
    <Section title={of.title} className="learns">
      {mayWrite ? null : <p className="line">{of.mayNot}</p>}
      <form ref={form} className="settings" noValidate onSubmit={save} aria-label={of.title}>
        <div className="groups">{fields}</div>
        {failure === null ? null : (
          <p className="trouble" role="alert">
            {of.notSaved(failure)}
          </p>
        )}
        {mayWrite ? (
          <div className="buttons">
            <button type="submit" className="button main" aria-disabled={!isChanged || working}>
              {of.save}
            </button>
            {isChanged ? (
              <button type="button" className="button" onClick={discard}>
                {of.discard}
              </button>
            ) : null}
            <span className="dim" role="status">
              {said}
            </span>
          </div>
        ) : null}
      </form>
    </Section>
  );
}

type SettingWords = ReturnType<typeof useServices>["words"]["settings"];
type Ids = { readonly id: string; readonly describedBy: string; readonly isWrong: boolean };

function optionOf(of: SettingWords, name: keyof typeof choices, value: string): string {
  const options: Readonly<Record<string, readonly [string, string]>> = of.options[name];
  return options[value]?.[0] ?? value;
}

interface SettingProps {
  readonly name: SettingName;
  /** As the form has it now. */
  readonly task: Task;
  readonly isWrong: boolean;
  readonly children: (ids: Ids) => ReactNode;
}

/** A setting with its name, and a sentence of what it means. */
function Setting({ name, task, isWrong, children }: SettingProps) {
  const { words } = useServices();
  const of = words.settings;
  const id = useId();
  const describedBy = isWrong ? `${id}-wrong ${id}-hint` : `${id}-hint`;
  const options: Readonly<Record<string, readonly [string, string]>> = isChoice(name) ? of.options[name] : {};
  const hints: Partial<Record<SettingName, string>> = of.hints;
  const chosen = options[String(task[name])]?.[1];
  return (
    <div className="setting">
      <label htmlFor={id}>{of.names[name]}</label>
      {children({ id, describedBy, isWrong })}
      {isWrong && !isChoice(name) ? (
        <p id={`${id}-wrong`} className="trouble">
          {wrongWords(of, name)}
        </p>
      ) : null}
      <p id={`${id}-hint`} className="hint">
        {[chosen, hints[name]].filter((sentence) => sentence !== undefined).join(" ")}
      </p>
    </div>
  );
}

function wrongWords(of: SettingWords, name: NumberName): string {
  const { least, most } = numbers[name];
  return "isWhole" in numbers[name] ? of.wholeNumber(least, most) : of.number(least, most);
}

interface ControlProps extends Ids {
  readonly name: SettingName;
  readonly text: string;
  readonly onType: (text: string) => void;
}

function Control({ id, describedBy, isWrong, name, text, onType }: ControlProps) {
  const { words } = useServices();
  const common = { id, name, value: text, "aria-describedby": describedBy };
  if (isChoice(name))
    return (
      <select {...common} onChange={({ target }) => onType(target.value)}>
        {choices[name].map((value) => (
          <option key={value} value={value}>
            {optionOf(words.settings, name, value)}
          </option>
        ))}
      </select>
    );
  const { least, most } = numbers[name];
  return (
    <input
      {...common}
      type="number"
      min={least}
      max={most}
      step="any"
      inputMode="decimal"
      aria-invalid={isWrong}
      onChange={({ target }) => onType(target.value)}
    />
  );
}

/** What leaves this server by these settings, and what that costs at most. */
function ModelCost({ task }: { readonly task: Task }) {
  const { words } = useServices();
  const { data: overview } = useRead<Overview>(paths.overview);
  const of = words.settings;
  const { modelVerdictsPerDay: verdicts, modelUsdPerDay: usd, comparison } = task;
  if (verdicts === 0) return <p className="line cost">{of.noModel}</p>;
  const noPrices = overview !== undefined && overview.ledger.prices === null;
  return (
    <p className="line cost">
      {of.sent(verdicts, comparison === "meaning")} {of.costs(usd)} {noPrices ? of.noPrices : ""}
    </p>
  );
}
