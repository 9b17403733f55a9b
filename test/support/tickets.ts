/** What customers write to a shop, in English and German: sentences for each desk, and what stands around them. */
import type { Example } from "../../src/contract/tasks.ts";

/** Gives numbers in [0, 1). */
export type Random = () => number;

export const pick = <T>(random: Random, of: readonly T[]): T => of[Math.floor(random() * of.length)] as T;
export const between = (random: Random, low: number, high: number): number =>
  low + Math.floor(random() * (high - low + 1));

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

/** One message for a desk. */
export function ticket(
  random: Random,
  label: string,
  around: { phrases: Phrases; starts: readonly string[]; ends: readonly string[]; products: readonly string[] },
): Example {
  const phrase = pick(random, around.phrases[label] ?? [])
    .replace(/\{[pg]\}/g, pick(random, around.products))
    .replace("{n}", String(between(random, 10_000, 99_999)))
    .replace("{m}", String(between(random, 2, 60)));
  return {
    input: [pick(random, around.starts), `${phrase}.`, pick(random, around.ends)].filter(Boolean).join(" "),
    output: label,
  };
}
export const inEnglish = { phrases: english, starts: people, ends, products };
export const inGerman = { phrases: german, starts: germanPeople, ends: germanEnds, products: germanProducts };
