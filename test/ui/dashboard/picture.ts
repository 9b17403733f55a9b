/** The dashboard's picture for the README: a real task that was caught by a new date format, half-way to a better version. */
import { setTimeout as pause } from "node:timers/promises";
import type { Client } from "../../../src/client/client.ts";
import type { Example } from "../../../src/contract/tasks.ts";
import { drifting } from "../../support/drifting.ts";
import { openDashboardStage } from "./dashboard-page.ts";

const [stream] = drifting;
/** Rows of the usual kind, then of the old one and the new one mixed, then few of the new one among usual ones. */
const [usual, changed, most, portion] = [1_200, 450, 400, 8] as const;

/** @param path Of the PNG. @throws Error where the rollout never came as far as the picture */
export async function pictureDashboard(path: string): Promise<void> {
  const stage = await openDashboardStage();
  try {
    const taskId = await halfWay(stage.backend.client);
    const { page } = await stage.open({ taskId, scheme: "dark", width: 1100, height: 876 });
    await page.locator(".live.on").waitFor();
    await page.locator(".chart circle").first().waitFor();
    await page.locator(".clusters article").first().waitFor();
    await page.locator(".stages [aria-current=step]").waitFor();
    await page.mouse.move(0, 0);
    await page.screenshot({ path });
  } finally {
    await stage.close();
  }
}

/** A task whose rollout answers half of the requests by its candidate. */
async function halfWay(client: Client): Promise<string> {
  if (!stream) throw new Error("There is no stream of rows to learn from.");
  const isNew = ({ input }: Example): boolean => /^\D/.test(String(input));
  const [before, after] = [stream.before(usual, 11), stream.after(changed, 12)];
  const [old, fresh] = [stream.before(most, 13), stream.after(most, 14).filter(isNew)];
  const task = { accuracyTarget: 0.9, latencyTargetMs: 200, language: "javascript" as const, samplingRate: 0.3 };
  const body = { ...task, ...stream.task, improve: "ask" as const, examples: [...stream.examples] };
  const { id } = await client.call("createTask", { params: {}, body });
  await client.call("generateProgram", { params: { id }, body: { strategy: "offline" } });
  await client.call("setReference", { params: { id }, body: { rows: [...before, ...after, ...old, ...fresh] } });
  const send = async (rows: readonly Example[]): Promise<void> => {
    const items = rows.map(({ input }) => ({ input }));
    const batch = { taskId: id, items, log: true, stopOnFirstError: false, compact: true };
    await client.call("executeBatch", { params: {}, body: batch });
    await digested(client, id);
  };
  await send(before);
  await send(after);
  await client.call("improveTask", { params: { id }, body: {} });
  await digested(client, id);
  for (let at = 0; at < most; at += portion) {
    await send([...old.slice(at, at + portion - 1), ...fresh.slice(at / portion, at / portion + 1)]);
    const { rollout } = await client.call("getRollout", { params: { id } });
    if (rollout?.stage === "half") return id;
    if (rollout?.state !== "running") break;
  }
  throw new Error("The rollout was over before it was half-way.");
}

/** Waits until what was sent is judged and nothing is being made of it. */
async function digested(client: Client, id: string): Promise<void> {
  for (let quiet = 0; quiet < 2; ) {
    await pause(150);
    const [{ items }, { waiting }] = await Promise.all([
      client.call("listImprovements", { params: { id } }),
      client.call("getReview", { params: { id }, query: { limit: 1 } }),
    ]);
    quiet = waiting === 0 && items.every(({ state }) => state !== "making") ? quiet + 1 : 0;
  }
}
