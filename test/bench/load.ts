/** Measures a server that runs in this process, asked by another process: how long answers take, and what they cost. */
import { fork } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";

export interface Load {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Keep-alive connections. In a closed loop, each asks again as soon as it has its answer. */
  readonly connections: number;
  /**
   * Requests a second over all connections, at even times; absent: a closed loop. An answer's time counts from when its
   * request was due, so that one that is late makes the next ones late too ("coordinated omission", Gil Tene).
   */
  readonly pace?: number;
  readonly requests: number;
}

export interface LoadTimes {
  /** From request to answer, in ms, ascending. */
  readonly times: readonly number[];
  readonly elapsedMs: number;
}

export interface LoadResult extends LoadTimes {
  /** Requests a second. */
  readonly rate: number;
  /** Processor time of this process for one request, in µs: says the same on a busy machine as on a quiet one. */
  readonly cpuUs: number;
}

/** @throws where an answer is not 200 or a connection breaks. */
export async function measure(load: Load): Promise<LoadResult> {
  const client = fork(join(import.meta.dirname, "load-client.ts"), { execArgv: [] });
  try {
    const ended = once(client, "exit").then(([code]) => {
      throw new Error(`the measuring process ended early, with ${code}`);
    });
    const heard = async () => {
      const [message] = await Promise.race([once(client, "message"), ended]);
      return message as unknown;
    };
    ended.catch(() => {}); // it always ends, in the end
    client.send(load);
    await heard();
    const before = process.cpuUsage();
    client.send("go");
    const result = (await heard()) as LoadTimes;
    const used = process.cpuUsage(before);
    return {
      ...result,
      rate: (load.requests / result.elapsedMs) * 1_000,
      cpuUs: (used.user + used.system) / load.requests,
    };
  } finally {
    client.kill();
  }
}
