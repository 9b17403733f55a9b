/** What of TypeScript's findings is told, and how seriously, about one file that is seen alone. */
import type { Severity } from "../contract/validation.ts";

/** Hangs on other files and packages, which are not read: modules, and the globals that Node, Bun, tests and jQuery bring. */
const unseen = new Set([
  2307, 2354, 2503, 2578, 2580, 2581, 2582, 2591, 2592, 2593, 2664, 2688, 2792, 2834, 2835, 2867, 2868, 2875, 2882,
  5097, 7016,
]);
/** Bundlers and runtimes put more there than the standard does; Node's timers are no numbers. */
const extended =
  /'(ImportMeta|Window & typeof globalThis|typeof globalThis|global|NodeModule|(set|clear)Immediate)'|Property '(ref|unref|hasRef|refresh)' .* 'number'|typeof import\(/;
/** "Cannot find name", `return` outside of a function: a piece of a file may well have them from elsewhere. */
const fromElsewhere = new Set([1108, 2304, 2552, 2663, 18004]);

/** Fails when it is reached, whatever the types may be. */
const failing = new Set([2300, 2304, 2349, 2351, 2448, 2451, 2551, 2552, 2588, 2663, 18004]);
/** In JavaScript, what is hardly ever meant: sums of what are no numbers, comparisons that never change. */
const unlikely = new Set([2362, 2363, 2365, 2367, 2488, 2695, 2774, 2801, 2839, 2845, 2869, 2872, 2873]);
/** In JavaScript, what only its comments forbid. */
const promised = new Set([1064, 2341, 2445, 2446]);
/** Where imports are not read, what comes from them is guessed, and guessed wrongly it is "unknown" or lacks a case. */
const guessed = new Set([2366, 2571, 2731, 18046]);
/** … and a type that builds on an imported one lacks what it has from there. */
const lacking = new Set([2339, 2353, 2739, 2740, 2741]);

/** Of TypeScript's suggestions: unused, unreachable, deprecated. All others are matters of taste. */
const suggestions = new Set([6133, 6192, 6196, 6198, 6199, 6385, 6387, 7027, 7028]);

/** Fixes that are about what is wrong, by TypeScript's names for them. */
export const offeredFixes: ReadonlySet<string> = new Set([
  "addMissingAwait",
  "addMissingConst",
  "classSuperMustPrecedeThisAccess",
  "constructorForDerivedNeedSuperCall",
  "extendsInterfaceBecomesImplements",
  "fixAwaitInSyncFunction",
  "fixClassIncorrectlyImplementsInterface",
  "fixOverrideModifier",
  "fixUnreachableCode",
  "fixUnusedLabel",
  "forgottenThisPropertyAccess",
  "spelling",
  "unusedIdentifier",
]);
/** Those that keep what the code does. */
export const safeFixes: ReadonlySet<string> = new Set(["extendsInterfaceBecomesImplements", "fixUnusedLabel"]);

export interface Finding {
  readonly code: number;
  readonly message: string;
  readonly phase: "syntax" | "types" | "suggestion";
}

/** What is known of the text that the findings are about. */
export interface Scene {
  readonly javascript: boolean;
  /** A piece of something larger. */
  readonly fragment: boolean;
  /** It imports something, which is not read. */
  readonly imports: boolean;
}

/** @returns undefined for what is not told */
export function severityOf(finding: Finding, scene: Scene): Severity | undefined {
  const { code, message, phase } = finding;
  if (phase === "syntax") return "error";
  if (phase === "suggestion") return suggestions.has(code) ? "hint" : undefined;
  if (unseen.has(code) || extended.test(message)) return undefined;
  // The eight thousands: comments that say types, but wrongly.
  if (code >= 8_000 && code < 9_000) return undefined;
  if (scene.fragment && fromElsewhere.has(code)) return undefined;
  // The thousands: what the grammar forbids, found late.
  if (failing.has(code) || (code < 2_000 && !promised.has(code))) return "error";
  if (scene.javascript) return promised.has(code) ? undefined : unlikely.has(code) ? "warning" : "info";
  if (!scene.imports) return "error";
  if (guessed.has(code) || /'(unknown|symbol)'/.test(message)) return undefined;
  return lacking.has(code) ? "info" : "warning";
}
