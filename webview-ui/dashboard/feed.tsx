/** What happened, newest first. */
import type { OverviewTask } from "../../src/contract/dashboard.ts";
import type { PageEvent } from "./events.ts";
import { taskAddress } from "./link.ts";
import { Ago, Section } from "./pieces.tsx";
import { useDashboardState, useServices } from "./services.ts";
import type { Words } from "./words.ts";

const shownMost = 12;

export function Feed({ tasks }: { readonly tasks: readonly Pick<OverviewTask, "taskId" | "name">[] }) {
  const { words } = useServices();
  const { feed } = useDashboardState();
  const names = new Map(tasks.map(({ taskId, name }) => [taskId, name]));
  return (
    <Section title={words.feed.title}>
      {feed.length === 0 ? <p className="line dim">{words.feed.none}</p> : null}
      <ol className="feed">
        {feed.slice(0, shownMost).map((event) => {
          const name = event.taskId === null ? undefined : names.get(event.taskId);
          return (
            <li key={event.id} className={event.type === "alert" ? "alert" : undefined}>
              <span className="dim">
                <Ago at={event.timestamp} />
              </span>
              <span>
                {name === undefined || event.taskId === null ? null : (
                  <>
                    <a href={taskAddress(event.taskId)}>{name}</a>:{" "}
                  </>
                )}
                {eventWords(event, words)}
              </span>
            </li>
          );
        })}
      </ol>
    </Section>
  );
}

/** An event in words; a type that is not known, by its name. */
export function eventWords({ type, data }: PageEvent, words: Words): string {
  const { feed } = words;
  const version = data["version"] === null ? "" : String(data["version"] ?? "");
  if (type === "alert") return String(data["message"] ?? "");
  if (type === "artifact.created" || type === "artifact.activated") return feed[type](version);
  if (type === "improvement.ended") return feed[type](String(data["outcome"] ?? ""));
  if (type === "rollout.stage") {
    const stage = String(data["stage"] ?? "");
    return feed[type](Object.hasOwn(words.rollout.stages, stage) ? words.rollout.stages[stage as "shadow"] : stage);
  }
  const known = Object.hasOwn(feed, type) ? feed[type as keyof typeof feed] : undefined;
  return typeof known === "string" ? known : feed.other(type);
}
