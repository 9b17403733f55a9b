/** On the first page: the rollouts that are under way, or wait for a decision. */
import type { z } from "zod";
import type { OverviewTask } from "../../src/contract/dashboard.ts";
import { isUnderReview, rolloutsLookedAtMost } from "../../src/contract/review.ts";
import type { RolloutAnswer } from "../../src/contract/rollouts.ts";
import { taskAddress } from "./link.ts";
import { paths } from "./paths.ts";
import { Section } from "./pieces.tsx";
import { StageTrack } from "./rollout.tsx";
import { useRead, useServices } from "./services.ts";

export function RolloutsUnderWay({ tasks }: { readonly tasks: readonly OverviewTask[] }) {
  const { words } = useServices();
  const some = tasks.filter(({ activeVersion }) => activeVersion !== null).slice(0, rolloutsLookedAtMost);
  return (
    <div className="under-way">
      <Section title={words.rollout.live}>
        <ul>
          {some.map((task) => (
            <UnderWay key={task.taskId} task={task} />
          ))}
        </ul>
      </Section>
    </div>
  );
}

function UnderWay({ task }: { readonly task: OverviewTask }) {
  const { words } = useServices();
  const rollout = useRead<z.output<typeof RolloutAnswer>>(paths.rollout(task.taskId)).data?.rollout;
  if (!rollout || !isUnderReview(rollout)) return null;
  const { number } = words.format;
  return (
    <li>
      <a href={taskAddress(task.taskId)}>{task.name}</a>
      <span>
        {words.rollout.versions(rollout.incumbentVersion, rollout.candidateVersion)}{" "}
        <span className="state">{words.rollout.states[rollout.state]}</span>
      </span>
      <StageTrack rollout={rollout} />
      <span className="dim">
        {words.rollout.requests} {number(rollout.requests)} · {words.rollout.differing} {number(rollout.differing)}
      </span>
    </li>
  );
}
