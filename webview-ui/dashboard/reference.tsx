/** By what a task's sampled runs are judged by themselves: labelled rows, and another program. */
import { type ReactNode, useRef, useState } from "react";
import type { Reference, ReferenceInfo } from "../../src/contract/validations.ts";
import { taskAddress } from "./link.ts";
import { paths } from "./paths.ts";
import { Press, Section, Sure, Trouble } from "./pieces.tsx";
import { ReferenceChoice } from "./reference-choice.tsx";
import { useAction, useDashboardState, useRead, useServices } from "./services.ts";

export function ReferencePart({ taskId }: { readonly taskId: string }) {
  const { words, dashboard } = useServices();
  const of = words.reference;
  const { mayWrite } = useDashboardState();
  const { data, error } = useRead<ReferenceInfo>(paths.reference(taskId));
  const [choosing, setChoosing] = useState(false);
  const { working, failure, run } = useAction();
  const opener = useRef<HTMLButtonElement>(null);
  const leave = (): void => {
    setChoosing(false);
    opener.current?.focus();
  };
  const set = (reference: Reference): void =>
    run(async () => {
      await dashboard.api.send("PUT", paths.reference(taskId), reference);
      dashboard.resources.changed((path) => path.includes(taskId));
      leave();
    });
  const choose = (
    <button
      type="button"
      className="button"
      ref={opener}
      aria-expanded={choosing}
      onClick={() => setChoosing(!choosing)}
    >
      {of.choose}
    </button>
  );
  return (
    <Section title={of.title} aside={mayWrite ? choose : null}>
      {data ? <Shown info={data} working={working} onSet={mayWrite ? set : undefined} /> : null}
      {error && !data ? <Trouble error={error} /> : null}
      {choosing ? (
        <ReferenceChoice taskId={taskId} working={working} onChoose={(program) => set({ program })} onLeave={leave} />
      ) : null}
      {failure === null ? null : (
        <p className="trouble" role="alert">
          {failure}
        </p>
      )}
    </Section>
  );
}

interface ShownProps {
  readonly info: ReferenceInfo;
  readonly working: boolean;
  /** Undefined: this key may only look. */
  readonly onSet: ((reference: Reference) => void) | undefined;
}

function Shown({ info: { rows, program }, working, onSet }: ShownProps) {
  const { words } = useServices();
  const of = words.reference;
  const [sure, setSure] = useState(false);
  if (rows === 0 && !program) return <p className="line dim">{of.none}</p>;
  const line = (what: ReactNode, label: string, onPress: () => void) => (
    <li>
      <span>{what}</span>
      {onSet ? <Press label={label} disabled={working} onPress={onPress} /> : null}
    </li>
  );
  return (
    <>
      <ul className="references">
        {rows === 0 ? null : line(of.rows(rows), of.removeRows, () => setSure(true))}
        {program
          ? line(
              <>
                {program.taskName === null ? (
                  of.gone(program.version)
                ) : (
                  <>
                    <a href={taskAddress(program.taskId)}>{program.taskName}</a>, {of.is(program.version)}
                  </>
                )}
                <small className={program.state === "ready" ? "dim" : "bad"}>{of.states[program.state]}</small>
              </>,
              of.removeProgram,
              () => onSet?.({ program: null }),
            )
          : null}
      </ul>
      {sure ? (
        <Sure
          onNo={() => setSure(false)}
          onYes={() => {
            setSure(false);
            onSet?.({ rows: [] });
          }}
        >
          {of.sure(rows)}
        </Sure>
      ) : null}
    </>
  );
}
