/** Programs and a sandbox for the tests of this room. */
import { join } from "node:path";
import { build } from "../../esbuild.mjs";
import type { Program, SandboxOptions } from "../../src/sandbox/sandbox.ts";

export const childPath = join(import.meta.dirname, "../../src/sandbox/child/main.ts");

/** Bundles the child as a package has it. */
export async function buildSandboxChild(folder: string): Promise<void> {
  await build({ dist: folder, only: "sandbox child" });
}

export function javascript(code: string): Program {
  return { key: code, code, language: "javascript" };
}

type SandboxEvent = Parameters<NonNullable<SandboxOptions["onEvent"]>>[0];

/** Keeps what the sandbox told, and waits for what it will tell. */
export function eventLog() {
  const events: SandboxEvent[] = [];
  const waiting: { kind: SandboxEvent["kind"]; resolve: (event: SandboxEvent) => void }[] = [];
  return {
    events,
    onEvent(event: SandboxEvent): void {
      events.push(event);
      for (const waiter of waiting.splice(0)) {
        if (waiter.kind === event.kind) waiter.resolve(event);
        else waiting.push(waiter);
      }
    },
    next(kind: SandboxEvent["kind"]): Promise<SandboxEvent> {
      return new Promise((resolve) => waiting.push({ kind, resolve }));
    },
    /** Process ids of the children that came up. */
    pids(): number[] {
      return events.filter((e) => e.kind === "started").map((e) => Number(/child (\d+)/.exec(e.detail)?.[1]));
    },
  };
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

/** A loop inside a built-in that the isolate's own timeout cannot stop: only the watchdog can. */
export const unstoppable = "String((7n ** 4000000n) ** 7n)";

/** JavaScript values that are no JSON, and what their program is told. */
export const notJson: readonly (readonly [value: string, message: RegExp])[] = [
  ["undefined", /undefined: return/],
  ["[undefined]", /undefined in it/],
  ["() => 1", /function/],
  ["{ f() {} }", /function/],
  ["Symbol('s')", /symbol/],
  ["{ n: 1n }", /BigInt/],
  ["NaN", /NaN/],
  ["[-Infinity]", /-Infinity/],
  ["new Map([[1, 2]])", /Map.*fromEntries/],
  ["[new Set([1])]", /Set.*Array\.from/],
  ["new WeakMap()", /WeakMap/],
  ["/x/", /regular expression/],
  ["new Error('x')", /an error/],
  ["[Promise.resolve()]", /promise inside/],
  ["new Uint8Array(2)", /typed array/],
  ["new ArrayBuffer(2)", /ArrayBuffer/],
  ["new Date(NaN)", /invalid Date/],
  ["'x'.repeat(1_000_001)", /more than 1 MB/],
  ["[...Array(201)].reduce((inner) => [inner], 0)", /deeper than 200/],
  ["(() => { const a = {}; a.b = [a]; return a; })()", /cycle/],
];
