/**
 * Five streams of inputs in which something changes, and one in which nothing does, with the right outputs known: what
 * a task is made from, and what its program then meets. The same rows each time.
 */
import type { Comparison } from "../../src/contract/comparison.ts";
import type { Example } from "../../src/contract/tasks.ts";
import { seededRandom } from "../../src/learning/statistics/hash.ts";

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

/** Gives numbers in [0, 1). */
type Random = () => number;

const pick = <T>(random: Random, of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
const between = (random: Random, low: number, high: number): number => low + Math.floor(random() * (high - low + 1));
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

type Phrases = Readonly<Record<string, readonly string[]>>;

const products = [
  "kettle",
  "blue jacket",
  "desk lamp",
  "headphones",
  "running shoes",
  "coffee grinder",
  "phone case",
  "backpack",
  "garden chair",
  "keyboard",
];
const people = ["Hi,", "Hello,", "Good morning,", "Dear team,", "", "", "Hey there,"];
const ends = ["Thanks!", "Best, Tom", "Please help.", "Kind regards, Julia", "", "", "Can you look into this?"];

const english: Phrases = {
  billing: [
    "I was charged twice for the {p}",
    "my card was billed {n} euros but the invoice says {m}",
    "please send me an invoice for order {n}",
    "the refund for order {n} has not reached my bank account",
    "why is there a fee of {m} euros on my bill",
    "I want to change the card I pay with",
    "the discount code was not taken off the price of the {p}",
    "your receipt shows the wrong VAT number",
    "can I pay for the {p} by bank transfer",
    "my payment for the {p} was declined although there is money on the card",
  ],
  delivery: [
    "my parcel with the {p} has not arrived",
    "order {n} was to be delivered last week",
    "the tracking page has not moved for {m} days",
    "the courier left the {p} with a neighbour I do not know",
    "can you ship the {p} to another address",
    "the package was delivered to the wrong house",
    "when will the {p} be shipped",
    "the box was wet and torn when the driver handed it over",
    "tracking says delivered but no parcel is here",
    "how long does shipping to Austria take",
  ],
  account: [
    "I cannot log in to my account",
    "the password reset mail never comes",
    "please delete my account and all my data",
    "how do I change the e-mail address of my login",
    "my account was locked after {m} wrong passwords",
    "I want to unsubscribe from your newsletter",
    "the app signs me out every {m} minutes",
    "there are two accounts with my name, can they be merged",
    "I do not get the code for the two-step login",
    "my user name is shown with a typo in the profile",
  ],
  returns: [
    "I want to send the {p} back because it is too small",
    "how do I return order {n}",
    "the {p} does not fit, can I exchange it for a larger size",
    "please send me a return label for the {p}",
    "can I return the {p} after {m} days",
    "I would like to swap the {p} for another colour",
    "the {p} is not what I expected and I want to give it back",
    "where do I drop off a return",
    "is it possible to exchange the {p} in your shop",
    "I changed my mind and would like to return the {p}",
  ],
};

const german: Phrases = {
  billing: [
    "der Betrag für {g} wurde zweimal abgebucht",
    "auf der Rechnung stehen {n} Euro, bezahlt habe ich {m}",
    "bitte schicken Sie mir eine Rechnung zur Bestellung {n}",
    "die Erstattung zu Bestellung {n} ist nicht auf meinem Konto",
    "warum steht eine Gebühr von {m} Euro auf der Rechnung",
    "ich möchte mit einer anderen Karte bezahlen",
    "der Gutschein wurde vom Preis nicht abgezogen",
    "auf dem Beleg steht die falsche Steuernummer",
    "kann ich {g} per Überweisung bezahlen",
    "meine Zahlung für {g} wurde abgelehnt",
  ],
  delivery: [
    "mein Paket mit {g} ist nicht angekommen",
    "Bestellung {n} sollte letzte Woche geliefert werden",
    "die Sendungsverfolgung steht seit {m} Tagen still",
    "der Bote hat das Paket bei einem Nachbarn abgegeben",
    "können Sie {g} an eine andere Adresse liefern",
    "das Paket wurde am falschen Haus zugestellt",
    "wann wird {g} verschickt",
    "der Karton war nass und zerrissen, als der Fahrer ihn brachte",
    "laut Sendungsverfolgung zugestellt, aber hier ist kein Paket",
    "wie lange dauert der Versand nach Österreich",
  ],
  account: [
    "ich kann mich nicht in mein Konto einloggen",
    "die Mail zum Zurücksetzen des Passworts kommt nie an",
    "bitte löschen Sie mein Benutzerkonto und alle Daten",
    "wie ändere ich die E-Mail-Adresse für die Anmeldung",
    "mein Konto wurde nach {m} falschen Passwörtern gesperrt",
    "ich möchte den Newsletter abbestellen",
    "die App meldet mich alle {m} Minuten ab",
    "es gibt zwei Benutzerkonten mit meinem Namen",
    "der Code für die Anmeldung in zwei Schritten kommt nicht",
    "mein Benutzername ist im Profil falsch geschrieben",
  ],
};
const germanProducts = [
  "den Wasserkocher",
  "die blaue Jacke",
  "die Schreibtischlampe",
  "die Kopfhörer",
  "die Laufschuhe",
  "die Kaffeemühle",
  "die Handyhülle",
  "den Rucksack",
  "den Gartenstuhl",
  "die Tastatur",
];
const germanPeople = ["Hallo,", "Guten Tag,", "Guten Morgen,", "Liebes Team,", "", "", "Moin,"];
const germanEnds = [
  "Danke!",
  "Grüße, Tom",
  "Bitte helfen Sie mir.",
  "Mit freundlichen Grüßen, Julia",
  "",
  "",
  "Können Sie das prüfen?",
];

function ticket(
  random: Random,
  label: string,
  phrases: Phrases,
  around: { starts: readonly string[]; ends: readonly string[]; products: readonly string[] },
): Example {
  const phrase = pick(random, phrases[label] ?? [])
    .replace(/\{[pg]\}/g, pick(random, around.products))
    .replace("{n}", String(between(random, 10_000, 99_999)))
    .replace("{m}", String(between(random, 2, 60)));
  return {
    input: [pick(random, around.starts), `${phrase}.`, pick(random, around.ends)].filter(Boolean).join(" "),
    output: label,
  };
}
const inEnglish = { starts: people, ends, products };
const inGerman = { starts: germanPeople, ends: germanEnds, products: germanProducts };
const oldLabels = ["billing", "delivery", "account"];

/** Tickets go to three desks; then a fourth one is opened. */
const label: Drifting = {
  name: "a new label",
  task: { name: "Desk", description: "Which desk a customer's message is for.", comparison: "label" },
  ...stream(
    (random) => ticket(random, pick(random, oldLabels), english, inEnglish),
    (random) => ticket(random, "returns", english, inEnglish),
    0.4,
    150,
  ),
};

/** The shop opens in Germany. */
const language: Drifting = {
  name: "a new language",
  task: { name: "Desk", description: "Which desk a customer's message is for.", comparison: "label" },
  ...stream(
    (random) => ticket(random, pick(random, oldLabels), english, inEnglish),
    (random) => ticket(random, pick(random, oldLabels), german, inGerman),
    0.5,
    150,
  ),
};

export const drifting: readonly Drifting[] = [dateFormat, label, delimiter, language, unit];
