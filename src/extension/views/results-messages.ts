/** Reads messages from the results grid. Whatever does not have the form of one is dropped: the page is not trusted. */
import { type FromResults, resultFilters } from "../../contract/results.ts";

type Check = (value: unknown) => boolean;

const maxSearchChars = 1_000;
const maxPageRows = 500;

const whole: Check = (value) => Number.isSafeInteger(value) && (value as number) >= 0;
const search: Check = (value) => typeof value === "string" && value.length <= maxSearchChars;
const filter: Check = (value) => (resultFilters as readonly unknown[]).includes(value);
const pageRows: Check = (value) => whole(value) && (value as number) <= maxPageRows;
const sort: Check = (value) =>
  value === null ||
  (typeof value === "object" &&
    "column" in value &&
    whole(value.column) &&
    "descending" in value &&
    typeof value.descending === "boolean");

const forms: { readonly [Type in FromResults["type"]]: Readonly<Record<string, Check>> } = {
  ready: {},
  setView: { filter, search, sort },
  getPage: { viewId: whole, from: whole, count: pageRows },
  copyCell: { viewId: whole, row: whole, column: whole },
  copyRows: { viewId: whole, from: whole, to: whole },
  openInEditor: {},
  saveAs: {},
  runAgain: {},
};

/** Undefined for anything that is no message. Keys that do not belong are left out. */
export function readResultsMessage(value: unknown): FromResults | undefined {
  if (typeof value !== "object" || value === null || !("type" in value)) return undefined;
  const { type } = value;
  if (typeof type !== "string" || !Object.hasOwn(forms, type)) return undefined;
  const given: Record<string, unknown> = { ...value };
  const message: Record<string, unknown> = { type };
  for (const [name, check] of Object.entries(forms[type as FromResults["type"]])) {
    if (!check(given[name])) return undefined;
    message[name] = given[name];
  }
  return message as FromResults; // Every field of this type was just checked.
}
