/** Streams of inputs as tasks see them, and what may change in them. */

export type Random = () => number;
type Make = (random: Random) => unknown;

const pick = <T>(random: Random, of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
const two = (n: number): string => String(n).padStart(2, "0");
const whole = (random: Random, from: number, to: number): number => from + Math.floor(random() * (to - from + 1));

const first = "Ada Grace Alan Edsger Barbara Donald Margaret Ken Dennis Frances John Radia Tony Leslie Niklaus".split(
  " ",
);
const last = "Lovelace Hopper Turing Dijkstra Liskov Knuth Hamilton Thompson Ritchie Allen Backus Perlman Hoare".split(
  " ",
);
const english =
  "the order never arrived and I would like my money back please my account is locked after the update the app crashes when I open settings where is my invoice for last month thank you for the quick help can I change the delivery address".split(
    " ",
  );
const german =
  "die Bestellung ist nie angekommen und ich möchte bitte mein Geld zurück mein Konto ist nach dem Update gesperrt wo bleibt die Rechnung vom letzten Monat danke für die schnelle Hilfe kann ich die Lieferadresse ändern".split(
    " ",
  );

/** A word is the likelier the earlier it stands, as in any language. */
const zipf = (random: Random, words: readonly string[]): string =>
  words[Math.floor(words.length ** random()) - 1] ?? words[0] ?? "";
const sentence = (random: Random, words: readonly string[]): string =>
  Array.from({ length: whole(random, 4, 18) }, () => zipf(random, words)).join(" ");

const isoDate: Make = (r) => `${whole(r, 1990, 2025)}-${two(whole(r, 1, 12))}-${two(whole(r, 1, 28))}`;
const dotted: Make = (r) => `${two(whole(r, 1, 28))}.${two(whole(r, 1, 12))}.${whole(r, 1990, 2025)}`;
const names: Make = (r) => `${pick(r, first)} ${r() < 0.2 ? `${pick(r, first)} ` : ""}${pick(r, last)}`;
const row =
  (delimiter: string): Make =>
  (r) =>
    [whole(r, 1, 99_999), pick(r, last), (r() * 500).toFixed(2), isoDate(r)].join(delimiter);
const ticket: Make = (r) => sentence(r, english);
const amount: Make = (r) => ({
  id: whole(r, 1, 1e6),
  kind: pick(r, ["sale", "refund", "fee"]),
  grams: whole(r, 50, 900),
});

export interface Stream {
  readonly name: string;
  readonly normal: Make;
  /** What the changed part of the inputs looks like. */
  readonly changed: Make;
  readonly change: string;
}

export const streams: readonly Stream[] = [
  { name: "dates", normal: isoDate, changed: dotted, change: "a new date format" },
  { name: "names", normal: names, changed: (r) => `${pick(r, last)}, ${pick(r, first)}`, change: "last name first" },
  { name: "rows", normal: row(","), changed: row(";"), change: "a changed delimiter" },
  { name: "tickets", normal: ticket, changed: (r) => sentence(r, german), change: "a new language" },
  {
    name: "objects",
    normal: amount,
    changed: (r) => ({ ...(amount(r) as object), grams: r() * 0.9 }),
    change: "another unit",
  },
];
