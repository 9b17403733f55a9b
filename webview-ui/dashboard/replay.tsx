/** What a candidate would do with the inputs that were recorded. */
import { useState } from "react";
import type { Replay } from "../../src/contract/rollouts.ts";
import { paths } from "./paths.ts";
import { Press, Value } from "./pieces.tsx";
import { useAction, useServices } from "./services.ts";

/** Recorded inputs, run again by the candidate: asked for by the person, as it costs time. */
export function WhatWouldChange({ taskId, version }: { readonly taskId: string; readonly version: number }) {
  const { words, dashboard } = useServices();
  const [replay, setReplay] = useState<Replay | null>(null);
  const { working, failure, run } = useAction();
  const of = words.rollout;
  return (
    <>
      <div className="buttons">
        <Press
          label={working ? words.loading : of.replay}
          disabled={working}
          onPress={() => run(async () => setReplay((await dashboard.api.get(paths.replay(taskId, version))) as Replay))}
        />
      </div>
      {failure === null ? null : (
        <p className="trouble" role="alert">
          {failure}
        </p>
      )}
      {replay === null ? null : (
        <div role="status">
          <p className="line">{of.replayed(replay.changed, replay.ran, replay.failing)}</p>
          {replay.items.length === 0 ? null : (
            <table className="values">
              <thead>
                <tr>
                  <th scope="col">{words.clusters.input}</th>
                  <th scope="col">{of.before}</th>
                  <th scope="col">{of.after}</th>
                </tr>
              </thead>
              <tbody>
                {replay.items.slice(0, 20).map(({ input, before, after, error }, at) => (
                  // biome-ignore lint/suspicious/noArrayIndexKey: the list never changes
                  <tr key={at}>
                    <td>
                      <Value value={input} empty={words.clusters.nothing} />
                    </td>
                    <td>
                      <Value value={before} empty={words.clusters.nothing} />
                    </td>
                    <td>
                      {error === undefined ? (
                        <Value value={after} empty={words.clusters.nothing} />
                      ) : (
                        <span className="bad" title={error}>
                          {of.fails}
                        </span>
                      )}
                    </td>
                  </tr>
                ))}
              </tbody>
            </table>
          )}
        </div>
      )}
    </>
  );
}
