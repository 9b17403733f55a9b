/** What of TypeScript's findings is told, and how seriously, about one file that is seen alone. */
import type { Severity } from "../contract/validation.ts";

/** Hangs on other files and packages, which are not read: modules, and the globals that Node, Bun, tests and jQuery bring. */
const unseen = new Set([
  2307, 2354, 2503, 2580, 2581, 2582, 2591, 2592, 2593, 2664, 2688, 2792, 2834, 2835, 2867, 2868, 2875, 5097, 7016,
]);
/** Bundlers and runtimes put more on these than the standard does. */
const extended = /'(ImportMeta|Window & typeof globalThis|typeof globalThis)'/;
/** "Cannot find name": a piece of a file may well have it from elsewhere. */
const names = new Set([2304, 2552, 2663, 18004]);
/** In JavaScript, what fails when it is reached, whatever the types may be. */
const failing = new Set([2300, 2304, 2349, 2351, 2448, 2451, 2551, 2552, 2588, 2663, 18004]);
/** In JavaScript, what is only unusual: another type in the same variable, a property added on the way. */
const unusual = new Set([2322, 2339, 2739, 2740, 2741]);
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

/** @returns undefined for what is not told */
export function severityOf(finding: Finding, javascript: boolean, fragment: boolean): Severity | undefined {
  const { code, message, phase } = finding;
  if (phase === "syntax") return "error";
  if (phase === "suggestion") return suggestions.has(code) ? "hint" : undefined;
  if (unseen.has(code) || extended.test(message)) return undefined;
  if (fragment && names.has(code)) return undefined;
  if (!javascript || failing.has(code)) return "error";
  return unusual.has(code) ? "info" : "warning";
}
