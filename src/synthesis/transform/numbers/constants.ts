/** Constants for formulas: the shortest number of an interval, and the well-known ones. */

/** Cost in bits of numbers that people know by heart. Units: inch, foot, mile, pound, gallon; VAT rates are no such. */
const known: ReadonlyMap<number, number> = new Map([
  [1, 0.2],
  [2, 0.4],
  [3, 0.8],
  [4, 0.9],
  [5, 0.8],
  [7, 0.9],
  [10, 0.4],
  [12, 0.7],
  [24, 0.6],
  [60, 0.3],
  [100, 0.2],
  [1000, 0.2],
  [360, 0.9],
  [365, 0.9],
  [3600, 0.4],
  [86_400, 0.6],
  [1440, 0.8],
  [10_000, 0.5],
  [1e6, 0.4],
  [1e9, 0.5],
  [1024, 0.5],
  [1024 ** 2, 0.7],
  [1024 ** 3, 0.8],
  [0.5, 0.6],
  [0.1, 0.6],
  [0.01, 0.5],
  [0.001, 0.6],
  [2.54, 0.7],
  [30.48, 1],
  [0.3048, 0.9],
  [3.28084, 1.2],
  [0.9144, 1.1],
  [1.609344, 0.8],
  [1.609, 1.6],
  [0.621371, 0.8],
  [1.852, 1.1],
  [0.45359237, 0.8],
  [0.453592, 1],
  [2.20462, 1.1],
  [2.20462262, 1.2],
  [28.349523125, 1.3],
  [3.785411784, 1.2],
  [4.184, 1.4],
  [3.6, 1],
  [9.80665, 1.4],
  [Math.PI, 0.9],
]); // prettier-ignore

/** Digits of a decimal number that a person would have to remember. */
function digits(number: number): number {
  const text = Math.abs(number).toExponential().split("e")[0] ?? "";
  return text.replace(".", "").length;
}

/** In bits: what a constant adds to the cost of a formula. */
export function constantCost(number: number): number {
  const common = known.get(Math.abs(number));
  if (common !== undefined) return common;
  const zeros = Number.isInteger(number) ? String(Math.abs(number)).length - digits(number) : 0;
  return 0.7 + 0.55 * digits(number) + 0.2 * Math.max(0, zeros);
}

/**
 * Numbers between two bounds, both included: the known ones, and the one with the fewest digits; at most
 * three.
 * @param added it is added to a number, so no factor between units
 */
export function constantsIn(low: number, high: number, added = false): number[] {
  if (!(low <= high) || !Number.isFinite(low) || !Number.isFinite(high)) return [];
  const found = [...known.keys(), ...[...known.keys()].map((number) => -number)]
    .filter((number) => low <= number && number <= high && !(added && /\.\d\d/.test(String(number))))
    .sort((a, b) => constantCost(a) - constantCost(b))
    .slice(0, 2);
  const short = shortest(low, high);
  if (short !== undefined && !found.includes(short)) found.push(short);
  return found;
}

/** The number with the fewest digits; at most seven. */
function shortest(low: number, high: number): number | undefined {
  if (low <= 0 && high >= 0) return 0;
  const middle = (low + high) / 2;
  for (let count = 1; count <= 7; count++) {
    const number = Number(middle.toPrecision(count));
    if (low <= number && number <= high) return number;
  }
  return undefined;
}

/** Known constants alone, for one example that proves nothing. */
export const safeConstants: readonly number[] = [100, 1000, 60, 10, 2, 1024, 3600, 1e6, 24, 12];
