/** Chooses a task, and a version of it, as the reference; Escape leaves. */
import { useState } from "react";
import type { Artifact } from "../../src/contract/artifacts.ts";
import type { Overview } from "../../src/contract/dashboard.ts";
import type { ReferenceProgram } from "../../src/contract/validations.ts";
import { paths } from "./paths.ts";
import { Press } from "./pieces.tsx";
import { useRead, useServices } from "./services.ts";

interface ReferenceChoiceProps {
  /** Whose reference it is to be. */
  readonly taskId: string;
  readonly working: boolean;
  readonly onChoose: (program: ReferenceProgram) => void;
  readonly onLeave: () => void;
}

export function ReferenceChoice({ taskId, working, onChoose, onLeave }: ReferenceChoiceProps) {
  const { words } = useServices();
  const of = words.reference;
  const { data: overview } = useRead<Overview>(paths.overview);
  const [from, setFrom] = useState(taskId);
  const { data: artifacts } = useRead<{ readonly items: readonly Artifact[] }>(paths.artifacts(from));
  const [wanted, setWanted] = useState<number>();
  const versions = (artifacts?.items ?? []).filter(
    ({ state }) => state !== "rejected" && !(from === taskId && state === "active"),
  );
  // The one that runs, unless another is chosen.
  const active = versions.find(({ state }) => state === "active");
  const version = (versions.find((one) => one.version === wanted) ?? active ?? versions[0])?.version;
  return (
    <form
      className="choice"
      onSubmit={(event) => {
        event.preventDefault();
        if (version !== undefined && !working) onChoose({ taskId: from, version });
      }}
      onKeyDown={({ key }) => key === "Escape" && onLeave()}
    >
      <label className="field">
        <span>{of.task}</span>
        <select
          // biome-ignore lint/a11y/noAutofocus: it was asked for just now
          autoFocus
          value={from}
          onChange={({ target }) => {
            setFrom(target.value);
            setWanted(undefined);
          }}
        >
          <option value={taskId}>{of.thisTask}</option>
          {overview?.tasks
            .filter((task) => task.taskId !== taskId)
            .map((task) => (
              <option key={task.taskId} value={task.taskId}>
                {task.name}
              </option>
            ))}
        </select>
      </label>
      {version === undefined ? (
        <p className="line dim" role="status">
          {artifacts ? of.noVersion : words.loading}
        </p>
      ) : (
        <label className="field">
          <span>{of.version}</span>
          <select value={version} onChange={({ target }) => setWanted(Number(target.value))}>
            {versions.map((one) => (
              <option key={one.id} value={one.version}>
                {of.choice(one.version, one.language, one.state === "active")}
              </option>
            ))}
          </select>
        </label>
      )}
      <div className="buttons">
        <button type="submit" className="button main" disabled={working || version === undefined}>
          {of.use}
        </button>
        <Press label={of.leave} onPress={onLeave} />
      </div>
    </form>
  );
}
