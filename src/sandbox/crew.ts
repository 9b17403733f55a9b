/** The children of one lane: the active one and its warm spares. Starts them, keeps enough of them, ends them. */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { EngineInfo } from "../contract/analytics.ts";
import { HapaError } from "../contract/errors.ts";
import { say } from "../contract/say.ts";
import type { FromChild } from "./child/protocol.ts";
import { Child, type ChildListener, type Launch } from "./child-process.ts";
import type { SandboxOptions } from "./sandbox.ts";
import type { StartGate } from "./start-gate.ts";

const maxFailedStarts = 3;
/** While children die, more than one spare is kept: a death counts for so long, in ms. */
const deathMemoryMs = 20_000;
const defaultMaxSpares = 3;
/** A spare that took over is replaced after so long, in ms. */
const laterMs = 50;

export interface CrewOptions {
  /** Asked before the first start; what it throws is what callers are told. */
  readonly launch: () => Promise<Launch>;
  /** Shared with other crews of this process. */
  readonly gate?: StartGate;
  /** Warm children that are kept while others die; absent: 3. */
  readonly maxSpares?: number;
  readonly onEvent?: SandboxOptions["onEvent"];
}

export interface CrewListener {
  /** The active child takes work now. */
  onReady(): void;
  onMessage(message: FromChild, lines: string): void;
  /** The active child ended by itself; `replace` is to be called. */
  onDeath(child: Child): void;
  /** No child can be started. */
  onUnavailable(error: HapaError): void;
}

export class Crew implements ChildListener {
  readonly #options: CrewOptions;
  readonly #listener: CrewListener;
  readonly #children = new Set<Child>();
  #launch: Launch | null = null;
  #launching = false;
  #active: Child | null = null;
  #spares: Child[] = [];
  #folder: string | null = null;
  #deaths: number[] = [];
  #failedStarts = 0;
  #later: NodeJS.Timeout | null = null;
  #up: Pick<EngineInfo, "engine" | "nodeVersion"> = { engine: null, nodeVersion: null };
  #nodePath = process.execPath;
  #story: string | undefined;
  #unavailable: string | null = null;
  #restarts = 0;
  #recycled = 0;
  #stopped = false;

  constructor(options: CrewOptions, listener: CrewListener) {
    this.#options = options;
    this.#listener = listener;
  }

  /** The child that takes work; null where none is ready. */
  get active(): Child | null {
    return this.#active?.isReady ? this.#active : null;
  }

  /** Starts a child where there is none; `onReady` tells when it takes work. */
  start(): void {
    if (this.#active !== null || this.#stopped) return;
    if (this.#launch === null) void this.#prepare();
    else this.#active = this.#fork(this.#launch);
  }

  /** Whether a child could take work at once. */
  get isWarm(): boolean {
    return this.#active?.isReady === true;
  }

  get hasSpare(): boolean {
    return this.#spares.some(({ isReady }) => isReady);
  }

  info(): EngineInfo {
    const reason = this.#unavailable ?? this.#story;
    const isStarting = this.#active !== null || this.#launching;
    return {
      ...this.#up,
      nodePath: this.#nodePath,
      state: this.#unavailable !== null ? "unavailable" : this.isWarm ? "ready" : isStarting ? "starting" : "idle",
      restarts: this.#restarts,
      recycled: this.#recycled,
      spares: this.#spares.filter(({ isReady }) => isReady).length,
      ...(reason ? { reason } : {}),
    };
  }

  /** Ends the active child, if it has not ended by itself, and puts a spare in its place. */
  replace(why: "died" | "recycled"): void {
    const child = this.#active;
    if (child !== null) {
      child.kill();
      this.#forget(child);
    }
    if (why === "recycled") this.#recycled++;
    else {
      this.#restarts++;
      this.#deaths.push(performance.now());
    }
    this.#active = this.#spares.find(({ isReady }) => isReady) ?? this.#spares[0] ?? null;
    this.#spares = this.#spares.filter((spare) => spare !== this.#active);
    if (this.#active !== null && !this.#active.isReady) this.#options.gate?.gone(this.#active);
    // Not at once: whoever waited goes first.
    this.#later ??= setTimeout(() => {
      this.#later = null;
      this.#keepSpares();
    }, laterMs);
  }

  tell(kind: "killed" | "recycled", detail: string): void {
    this.#options.onEvent?.({ kind, detail: `child ${this.#active?.pid ?? "?"}: ${detail}` });
  }

  /** Ends every child; the next work starts others. */
  async rest(): Promise<void> {
    if (this.#later !== null) clearTimeout(this.#later);
    this.#later = null;
    this.#active = null;
    this.#spares = [];
    const folder = this.#folder;
    this.#folder = null;
    for (const child of this.#children) {
      child.kill();
      this.#forget(child);
    }
    await Promise.all(Array.from(this.#children, (child) => child.exited));
    if (folder !== null) rmSync(folder, { recursive: true, force: true });
  }

  /** Ends every child, for good. */
  stop(): Promise<void> {
    this.#stopped = true;
    return this.rest();
  }

  ready(child: Child): void {
    this.#options.gate?.gone(child);
    this.#up = { engine: child.engine, nodeVersion: child.nodeVersion };
    this.#story = child.fellBack ?? this.#launch?.node.story;
    this.#unavailable = null;
    this.#failedStarts = 0;
    const detail = `child ${child.pid}: ${child.engine} on Node ${child.nodeVersion}`;
    this.#options.onEvent?.({ kind: "started", detail: this.#story ? `${detail} (${this.#story})` : detail });
    if (child === this.#active) this.#listener.onReady();
    this.#keepSpares();
  }

  message(child: Child, message: FromChild, lines: string): void {
    if (child === this.#active) this.#listener.onMessage(message, lines);
  }

  died(child: Child, reason: string): void {
    this.#forget(child);
    if (this.#stopped) return;
    this.#options.onEvent?.({ kind: "exited", detail: `child ${child.pid ?? "?"}: ${reason}` });
    this.#spares = this.#spares.filter((spare) => spare !== child);
    if (child === this.#active) {
      if (child.isReady) this.#listener.onDeath(child);
      else this.#giveUp(child, reason);
    } else if (child.isReady) this.#keepSpares();
  }

  async #prepare(): Promise<void> {
    if (this.#launching) return;
    this.#launching = true;
    try {
      this.#launch = await this.#options.launch();
      this.#nodePath = this.#launch.node.path;
    } catch (error) {
      this.#refuse(
        error instanceof HapaError
          ? error
          : new HapaError("sandbox_unavailable", say`The sandbox cannot start: ${String(error)}`),
      );
      return;
    } finally {
      this.#launching = false;
    }
    this.start();
  }

  #fork(launch: Launch): Child {
    this.#folder ??= mkdtempSync(join(tmpdir(), "hapa-sandbox-"));
    const child = new Child(launch, this.#folder, this);
    this.#children.add(child);
    return child;
  }

  /** One spare, and one more for each child that died lately; a few are started at once where there are too few. */
  #keepSpares(): void {
    if (this.#stopped || this.#launch === null || !this.isWarm) return;
    const now = performance.now();
    this.#deaths = this.#deaths.filter((at) => now - at < deathMemoryMs);
    const wanted = Math.min(this.#options.maxSpares ?? defaultMaxSpares, 1 + this.#deaths.length);
    // A start takes the processor from the call under way, so one at a time is enough where a spare is warm.
    const mostStarting = this.hasSpare ? 1 : 2;
    let starting = this.#spares.filter(({ isReady }) => !isReady).length;
    while (this.#spares.length < wanted && starting++ < mostStarting) {
      const spare = this.#fork(this.#launch);
      this.#spares.push(spare);
      this.#options.gate?.add(spare);
    }
  }

  #forget(child: Child): void {
    this.#options.gate?.gone(child);
    void child.exited.then(() => this.#children.delete(child));
  }

  /** The active child did not come up. */
  #giveUp(child: Child, reason: string): void {
    this.#active = null;
    const launch = this.#launch;
    if (launch?.otherwise !== undefined && this.#up.engine === null) {
      this.#launch = launch.otherwise;
      this.start();
      return;
    }
    // It did come up before: worth another try before everyone is sent away.
    if (this.#up.engine !== null && ++this.#failedStarts < maxFailedStarts) {
      this.start();
      return;
    }
    this.#failedStarts = 0;
    const version = child.nodeVersion === null ? "Node" : `Node ${child.nodeVersion}`;
    const message = say`The sandbox did not start with ${version} at ${this.#nodePath}: ${reason}. It needs Node 24 or newer: install it, or name one in the setting "hapa.sandbox.nodePath".`;
    this.#refuse(new HapaError("sandbox_unavailable", message));
  }

  #refuse(error: HapaError): void {
    this.#unavailable = error.message;
    this.#launch = null; // What is missing may be there at the next call.
    this.#listener.onUnavailable(error);
  }
}
