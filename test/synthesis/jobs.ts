/** Jobs a person would do on the files of `examples/`: what they want for each row, and two or three rows as examples. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { JsonValue } from "../../src/contract/wire.ts";

export interface Job {
  readonly name: string;
  /** The whole file, or the column: what the generator is given as `inputs`. */
  readonly inputs: readonly JsonValue[];
  readonly want: (input: never) => JsonValue;
  /** Rows that serve as examples; the first two, or all three, are given. */
  readonly shown: readonly JsonValue[];
  /** Rows on which even people would disagree: not judged. */
  readonly open?: RegExp;
}

const read = (name: string): string[] =>
  readFileSync(join(import.meta.dirname, "../../examples", name), "utf8")
    .trimEnd()
    .split("\n");

const names = read("names.txt");
const log = read("log.txt");
const sheet = read("dates.csv")
  .slice(1)
  .filter((line) => line.split(",").length === 3)
  .map((line) => line.split(","));
const column = (i: number): string[] => sheet.map((cells) => cells[i] ?? "");
const orders = read("orders.jsonl").map((line) => JSON.parse(line) as Record<string, string>);
const field = (name: string): string[] => orders.map((order) => order[name] ?? "");

const links = [
  "https://example.com/blog/2024/first-post.html",
  "http://www.acme.org/shop/item-17.php",
  "https://docs.example.net/guide/install.md",
  "https://example.com/a.b/c.tar.gz",
  "http://localhost/readme.txt",
  "https://news.site.co.uk/world/europe/story.html",
];
const paths = [
  "/home/ann/photos/cat.jpg",
  "/srv/data/report.final.pdf",
  "/tmp/x.csv",
  "/var/log/app/server.log",
  "/home/bob/archive.tar.gz",
];
const titles = ["Hello, World!", "A Tale of Two Cities", "What's New?", "C & C++: Pointers", "  Spaces  around  "];
const numbers = ["7", "42", "123", "9", "1005"];

const job = (
  name: string,
  inputs: readonly JsonValue[],
  want: (input: string) => JsonValue,
  shown: readonly number[] = [0, 1, 2],
  open?: RegExp,
): Job => ({
  name,
  inputs,
  want: want as Job["want"],
  shown: shown.map((i) => inputs[i] ?? null),
  ...(open ? { open } : {}),
});

const halves = (name: string): [last: string, first: string] => {
  const [last = "", first = ""] = name.split(/,\s*/);
  return [last, first];
};
const word = (text: string, i: number): string => text.split(" ").at(i) ?? "";
const middleName = / [A-Z]\.$/;

export const jobs: readonly Job[] = [
  job("names: first name first", names, (t) => `${halves(t)[1]} ${halves(t)[0]}`),
  job("names: last name", names, (t) => halves(t)[0]),
  job("names: first name", names, (t) => halves(t)[1], [0, 1, 2], middleName),
  job("names: initials", names, (t) => `${halves(t)[1].charAt(0)}${halves(t)[0].charAt(0)}`),
  job("names: initials with points", names, (t) => `${halves(t)[1].charAt(0)}. ${halves(t)[0].charAt(0)}.`),
  job("names: initial and last name", names, (t) => `${halves(t)[1].charAt(0)}. ${halves(t)[0]}`),
  job(
    "names: e-mail address",
    names,
    (t) => `${halves(t)[1]}.${halves(t)[0]}@example.com`.toLowerCase(),
    [0, 1, 2],
    middleName,
  ),
  job("names: upper case", names, (t) => t.toUpperCase()),
  job("names: user name", names, (t) => (halves(t)[1].charAt(0) + halves(t)[0]).toLowerCase()),
  job("names: slug", names, (t) => `${halves(t)[1]}-${halves(t)[0]}`.toLowerCase(), [0, 1, 2], middleName),

  job("log: time", log, (t) => word(t, 1).slice(0, 8)),
  job("log: hour and minute", log, (t) => word(t, 1).slice(0, 5)),
  job("log: level", log, (t) => word(t, 3), [0, 4, 7]),
  job("log: small level", log, (t) => word(t, 3).toLowerCase(), [0, 4, 7]),
  job("log: worker", log, (t) => word(t, 2).slice(1, -1)),
  job("log: service", log, (t) => word(t, 4).slice(4)),
  job("log: method", log, (t) => word(t, 6), [0, 3, 4]),
  job("log: path", log, (t) => word(t, 7)),
  job("log: status", log, (t) => word(t, 8), [0, 4, 5]),
  job("log: status as a number", log, (t) => Number(word(t, 8)), [0, 4, 5]),
  job("log: milliseconds", log, (t) => word(t, 9).slice(0, -2)),
  job("log: milliseconds as a number", log, (t) => Number(word(t, 9).slice(0, -2))),
  job("log: address of the user", log, (t) => word(t, 10).slice(5)),
  job("log: name of the user", log, (t) => word(t, 10).slice(5).split("@")[0] ?? ""),
  job("log: method and path", log, (t) => `${word(t, 6)} ${word(t, 7)}`, [0, 3, 5]),
  job("log: level and service", log, (t) => `${word(t, 3)}: ${word(t, 4).slice(4)}`, [0, 4, 7]),
  job(
    "log: record",
    log,
    (t) => ({ time: word(t, 1).slice(0, 8), level: word(t, 3), status: Number(word(t, 8)) }),
    [0, 4, 7],
  ),

  job("dates: ISO", column(1), (t) => `${t.slice(6)}-${t.slice(0, 2)}-${t.slice(3, 5)}`),
  job("dates: with points", column(1), (t) => `${t.slice(3, 5)}.${t.slice(0, 2)}.${t.slice(6)}`),
  job("dates: year", column(1), (t) => t.slice(6)),
  job("dates: year and month", column(1), (t) => `${t.slice(6)}-${t.slice(0, 2)}`),
  job(
    "dates: ISO back to day, month, year",
    column(1).map((t) => `${t.slice(6)}-${t.slice(0, 2)}-${t.slice(3, 5)}`),
    (t) => t.split("-").reverse().join("/"),
  ),
  job("orders: without the prefix", column(0), (t) => t.slice(2)),
  job("orders: another prefix", column(0), (t) => `ORDER ${t.slice(2)}`),
  job("amounts: with a currency", column(2), (t) => `$${t}`),
  job("amounts: as a number", column(2), (t) => Number(t)),
  job("amounts: without cents", column(2), (t) => t.slice(0, -3)),

  job("customers: last name first", field("customer"), (t) => `${word(t, 1)}, ${word(t, 0)}`),
  job("customers: initials", field("customer"), (t) => word(t, 0).charAt(0) + word(t, 1).charAt(0)),
  job("customers: e-mail address", field("customer"), (t) => `${t.toLowerCase().replace(" ", ".")}@acme.com`),
  job("customers: slug", field("customer"), (t) => t.toLowerCase().replaceAll(" ", "-")),
  job("addresses: domain", field("email"), (t) => t.split("@")[1] ?? ""),
  job("addresses: user", field("email"), (t) => t.split("@")[0] ?? ""),
  job("postal addresses: city", field("address"), (t) => t.split(", ")[1] ?? ""),
  job("postal addresses: state", field("address"), (t) => word(t, -2)),
  job("postal addresses: zip code", field("address"), (t) => word(t, -1)),
  job("postal addresses: street", field("address"), (t) => (t.split(", ")[0] ?? "").replace(/^\d+ /, "")),
  job("postal addresses: house number", field("address"), (t) => word(t, 0)),
  job("postal addresses: city and state", field("address"), (t) => t.split(", ").slice(1).join(", ").slice(0, -6)),
  {
    name: "orders: fields of a record",
    inputs: orders,
    want: ((order: Record<string, string>) => `${order["order"]}: ${order["customer"]}`) as Job["want"],
    shown: orders.slice(0, 3),
  },
  {
    name: "orders: number with zeros",
    inputs: orders.map((order) => order["items"] ?? null),
    want: ((items: number) => String(items).padStart(3, "0")) as Job["want"],
    shown: [9, 7, 5],
  },

  job("links: domain", links, (t) => t.split("/")[2] ?? ""),
  job("links: file", links, (t) => t.split("/").at(-1) ?? ""),
  job("paths: extension", paths, (t) => t.split(".").at(-1) ?? "", [0, 1, 2]),
  job("paths: file name", paths, (t) => t.split("/").at(-1) ?? ""),
  job("paths: folder", paths, (t) => t.split("/").slice(0, -1).join("/")),
  job("titles: slug", titles, (t) => (t.toLowerCase().match(/[a-z0-9]+/g) ?? []).join("-"), [0, 1, 3], /'/),
  job("titles: upper case", titles, (t) => t.toUpperCase(), [0, 1, 2], /^ /),
  job("titles: single spaces", titles, (t) => t.trim().replace(/\s+/g, " "), [4, 0, 1]),
  job("numbers: padded", numbers, (t) => t.padStart(4, "0")),
];
