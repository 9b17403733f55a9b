/** The forms in which people write dates and times of day, as patterns with named parts: data only. */

/**
 * What a group of the pattern is. `half` is AM or PM; `offset` that of a zone, by which the moment is moved to UTC;
 * `century` the digit of a Korean registration number that says the century of the birth.
 */
export type Part =
  | "year"
  | "quarter"
  | "month"
  | "name"
  | "weekday"
  | "day"
  | "hour"
  | "minute"
  | "second"
  | "half"
  | "offset"
  | "century";

/** What is known: a day; a day and a time; a time; a month; a year; a day of any year; a month of any year; a weekday. */
export type Shape = "date" | "moment" | "time" | "month" | "year" | "birthday" | "monthname" | "weekday";

export interface Form {
  /** In CamelCase, unique: what its helper is called after "read" or "find". */
  readonly name: string;
  readonly shape: Shape;
  /** An example of it. */
  readonly like: string;
  /** Without anchors; its groups are `parts`, in that order. */
  readonly pattern: string;
  readonly parts: readonly Part[];
  /** Parts that may be missing and are then 0. */
  readonly optional?: readonly Part[];
  /** Years of two digits may occur. */
  readonly shortYear?: true;
  /** The table of month names for `name`. */
  readonly language?: string;
  readonly cost: number;
  /** May be looked for inside a longer text: its pattern does not occur by chance. */
  readonly found?: true;
}

export const y4 = "([1-9]\\d{3})";

export const y2 = "(\\d{2})";

export const one = "(\\d{1,2})";

export const two = "(\\d{2})";

export const ymd: readonly Part[] = ["year", "month", "day"];

export const dmy: readonly Part[] = ["day", "month", "year"];

export const mdy: readonly Part[] = ["month", "day", "year"];

export const form = (
  name: string,
  shape: Shape,
  like: string,
  pattern: string,
  parts: readonly Part[],
  cost: number,
  more: Partial<Form> = {},
): Form => ({ name, shape, like, pattern, parts, cost, ...more });

export const found = { found: true } as const;

export const short = { shortYear: true } as const;

export const hms: readonly Part[] = ["hour", "minute", "second"];

export const late = ["second"] as const;

export const half = "([AaPp])\\.?[Mm]\\.?";

export const ascii = "([A-Za-z]{3,9})";
