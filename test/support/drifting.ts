/**
 * Five streams of inputs in which something changes, with the right outputs known: what a task is made from, and what
 * its program meets then and later. The same rows each time.
 */
import type { Comparison } from "../../src/contract/comparison.ts";
import type { Example } from "../../src/contract/tasks.ts";
import { seededRandom } from "../../src/learning/statistics/hash.ts";
import { between, inEnglish, inGerman, pick, type Random, ticket } from "./tickets.ts";

export interface Drifting {
  readonly name: string;
  readonly task: { readonly name: string; readonly description: string; readonly comparison?: Comparison };
  /** What the task was made from. */
  readonly examples: readonly Example[];
  /** So many rows as they were then; other rows for another seed. */
  before(count: number, seed: number): Example[];
  /** So many rows as they are now: the old form and the new one mixed. */
  after(count: number, seed: number): Example[];
}

const two = (n: number): string => String(n).padStart(2, "0");

function stream(
  row: (random: Random) => Example,
  newRow: (random: Random) => Example,
  share: number,
  examples: number,
) {
  const rows = (one: (random: Random) => Example, count: number, seed: number): Example[] => {
    const random = seededRandom(seed);
    return Array.from({ length: count }, () => one(random));
  };
  return {
    examples: rows(row, examples, 1),
    before: (count: number, seed: number) => rows(row, count, seed),
    after: (count: number, seed: number) =>
      rows((random) => (random() < share ? newRow(random) : row(random)), count, seed),
  };
}

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"];

function someDay(random: Random): { year: number; month: number; day: number; iso: string } {
  const [year, month, day] = [between(random, 2015, 2026), between(random, 1, 12), between(random, 1, 28)];
  return { year, month, day, iso: `${year}-${two(month)}-${two(day)}` };
}

/** A bank's export writes days as 31.12.2025; after its new version also as Dec 31, 2025. */
const dateFormat: Drifting = {
  name: "a new date format",
  task: { name: "Booking day", description: "The day of a booking, as year-month-day." },
  ...stream(
    (random) => {
      const { year, month, day, iso } = someDay(random);
      return { input: `${two(day)}.${two(month)}.${year}`, output: iso };
    },
    (random) => {
      const { year, month, day, iso } = someDay(random);
      return { input: `${months[month - 1]} ${day}, ${year}`, output: iso };
    },
    0.6,
    12,
  ),
};

const surnames = [
  "Becker",
  "Hoffmann",
  "Schäfer",
  "Koch",
  "Richter",
  "Klein",
  "Wolf",
  "Schröder",
  "Neumann",
  "Braun",
  "Krüger",
  "von Stein",
  "Lange",
  "Krause",
  "Meyer-Lenz",
  "Huber",
];
const givenNames = [
  "Anna",
  "Lukas",
  "Mia",
  "Jonas",
  "Eva",
  "Karl Heinz",
  "Sofie",
  "Paul",
  "Lena",
  "Max",
  "Nora",
  "Tim",
  "Ida",
  "Ben",
];
const towns = [
  "Köln",
  "Bremen",
  "Leipzig",
  "Bad Homburg",
  "Ulm",
  "Kiel",
  "Mainz",
  "Halle (Saale)",
  "Jena",
  "Trier",
  "Essen",
  "Gera",
];

function person(random: Random, delimiter: string): Example {
  const [surname, given, town] = [pick(random, surnames), pick(random, givenNames), pick(random, towns)];
  const number = between(random, 1000, 99_999);
  return { input: [number, surname, given, town].join(delimiter), output: `${given} ${surname}, ${town}` };
}

/** A table of customers came with semicolons; the new tool writes tabs. */
const delimiter: Drifting = {
  name: "a changed delimiter",
  task: { name: "Address line", description: "Name and town of a customer." },
  ...stream(
    (random) => person(random, ";"),
    (random) => person(random, "\t"),
    0.8,
    10,
  ),
};

/** Parcels are weighed in grams; a second warehouse weighs in pounds. Wanted: kilograms with three decimals. */
const unit: Drifting = {
  name: "a unit change",
  task: { name: "Weight in kg", description: "The weight of a parcel in kilograms.", comparison: "number" },
  ...stream(
    (random) => {
      const grams = between(random, 40, 24_000);
      return { input: `${grams} g`, output: Number((grams / 1000).toFixed(3)) };
    },
    (random) => {
      const pounds = Number((0.1 + random() * 50).toFixed(2));
      return { input: `${pounds} lb`, output: Number((pounds * 0.45359237).toFixed(3)) };
    },
    0.5,
    10,
  ),
};

const oldLabels = ["billing", "delivery", "account"];

/** Tickets go to three desks; then a fourth one is opened. */
const label: Drifting = {
  name: "a new label",
  task: { name: "Desk", description: "Which desk a customer's message is for.", comparison: "label" },
  ...stream(
    (random) => ticket(random, pick(random, oldLabels), inEnglish),
    (random) => ticket(random, "returns", inEnglish),
    0.4,
    150,
  ),
};

/** The shop opens in Germany. */
const language: Drifting = {
  name: "a new language",
  task: { name: "Desk", description: "Which desk a customer's message is for.", comparison: "label" },
  ...stream(
    (random) => ticket(random, pick(random, oldLabels), inEnglish),
    (random) => ticket(random, pick(random, oldLabels), inGerman),
    0.5,
    150,
  ),
};

export const drifting: readonly Drifting[] = [dateFormat, label, delimiter, language, unit];
