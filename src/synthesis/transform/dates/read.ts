/** Items of kind date: what the fields, and pieces of them, say when they are read as dates and times. */
import type { Helper, Moment, Op } from "../language/expr.ts";
import { snakeCase } from "../language/expr.ts";
import { type Item, judged, makeItem } from "../language/item.ts";
import { pyPattern } from "../language/python.ts";
import type { Scene } from "../scene.ts";
import { dateForms } from "./date-forms.ts";
import type { Form, Shape } from "./forms.ts";
import { matcher, nameOf, pivots, readOp } from "./reader.ts";
import { serialOps } from "./serials.ts";
import { momentForms, timeForms } from "./time-forms.ts";

const maxTexts = 40;
const maxItems = 40;
/** Rows that are looked at when forms are mixed. */
const maxRows = 60;

/** What is known of the dates of an item: of the reading it begins with. */
export function shapeOf({ expr }: Item): Shape {
  return expr.kind === "apply" ? (expr.op.key.slice(0, expr.op.key.indexOf(":")) as Shape) : "date";
}

/** Readings of the texts as dates, the likeliest first. */
export function readings(scene: Scene): Item[] {
  const forms = [...dateForms, ...timeForms];
  const moments = momentForms(dateForms.filter((form) => form.shape === "date" && form.cost < 3));
  const found: Item[] = [];
  const add = (item: Item | undefined): boolean => {
    if (item) found.push(judged(item));
    return item !== undefined;
  };
  const readable = scene.texts.filter(({ values }) => values.every(mayBeDate)).slice(0, maxTexts);
  for (const text of readable) {
    if (scene.deadline.expired()) break;
    const first = String(text.values[0]);
    const isField = text.expr.kind === "field";
    let whole = 0;
    for (const form of [...forms, ...(/\d\D*\d/.test(first) && first.length > 8 ? moments : [])]) {
      if (!new RegExp(`^${form.pattern}$`).test(first)) continue;
      for (const [pivot, extra] of pivots(form))
        if (add(makeItem(readOp(form, "whole", pivot), [text], extra))) whole++;
    }
    for (const op of serialOps) if (op.likely(text.values.map(String))) add(makeItem(op, [text]));
    const missed = text.probes.some((probe) => typeof probe === "string" && probe !== "") && !readsAll(found, text);
    if (isField && (whole === 0 || missed)) for (const item of mixtures(text)) add(item);
    if (!isField || whole > 0) continue;
    for (const form of [...forms, ...moments])
      if (form.found)
        for (const place of ["first", "last"] as const) {
          if (!matcher(form, place)(first)) continue;
          for (const [pivot, extra] of pivots(form)) add(makeItem(readOp(form, place, pivot), [text], extra));
        }
  }
  for (const item of acrossFields(scene, found)) add(item);
  return distinct(found).slice(0, maxItems);
}

function mayBeDate(value: unknown): boolean {
  return typeof value === "string" && value.length <= 2_000 && /\d|^[\p{L}-]{2,13}\.?$/u.test(value);
}

function readsAll(items: readonly Item[], text: Item): boolean {
  return items.some(
    ({ expr, probes }) =>
      expr.kind === "apply" && expr.args[0]?.key === text.expr.key && probes.every((probe) => probe !== undefined),
  );
}

/** Of items that agree on all rows the cheapest, cheapest first. */
export function distinct(items: readonly Item[]): Item[] {
  const kept = new Map<string, Item>();
  for (const item of items.toSorted((a, b) => a.cost - b.cost)) {
    const key = shapeOf(item) + JSON.stringify([item.values, item.probes]);
    if (!kept.has(key)) kept.set(key, item);
  }
  return [...kept.values()];
}

/** Which of day and month comes first where the separator leaves it open. */
const orders: readonly (readonly [slash: string, dash: string])[] = [
  ["MonthSlashDate", "DayDashDate"],
  ["DaySlashDate", "DayDashDate"],
  ["MonthSlashDate", "MonthDashDate"],
  ["DaySlashDate", "MonthDashDate"],
];
const openForms = new Set(orders.flat());
const vagueForms = new Set(["YearFirstDate", "DayFirstDate", "MonthFirstDate", "TimeWithOrWithoutAm"]);

/** A column in which several forms occur: up to four, tried in order. */
function mixtures(text: Item): Item[] {
  const rows = [...text.values, ...text.probes].slice(0, maxRows).filter((row) => typeof row === "string");
  const items: Item[] = [];
  for (const shapes of [["date"], ["time"], ["month"]])
    for (const order of shapes[0] === "date" ? orders : orders.slice(0, 1)) {
      const forms = [...dateForms, ...timeForms]
        .filter(({ shape, name, shortYear }) => shapes.includes(shape) && !shortYear && !vagueForms.has(name))
        .filter(({ name }) => !openForms.has(name) || order.includes(name))
        .map((form) => {
          const op = readOp(form, "whole", 100);
          return { form, read: rows.map((row) => op.apply(row as never) !== undefined) };
        })
        .filter(({ read }) => read.includes(true));
      const chosen: Form[] = [];
      const left = new Set(rows.keys());
      while (chosen.length < 4 && left.size > 0) {
        const gain = ({ read }: { read: readonly boolean[] }): number => [...left].filter((i) => read[i]).length;
        const best = forms.toSorted((a, b) => gain(b) - gain(a) || a.form.cost - b.form.cost)[0];
        if (!best || gain(best) === 0) break;
        chosen.push(best.form);
        for (const i of left) if (best.read[i]) left.delete(i);
      }
      const item = chosen.length > 1 ? makeItem(mixedOp(chosen), [text]) : undefined;
      if (item) items.push(item);
    }
  return items;
}

function mixedOp(forms: readonly Form[]): Op {
  const readers = forms.map((form) => ({ form, op: readOp(form, "whole", 100), match: matcher(form, "whole") }));
  const shape = forms[0]?.shape ?? "date";
  const noun = { date: "Date", time: "Time", month: "Month" }[shape as string] ?? "Date";
  const name = `read${forms.map((form) => form.name.replace(/(?:Date|Time)$/, "")).join("Or")}${noun}`;
  const comment = `Reads ${noun.toLowerCase()}s like ${forms
    .map((form) => form.like)
    .join(", ")
    .replace(/, ([^,]*)$/, " or $1")}.`;
  const last = readers.length - 1;
  const helperOf = (op: Op): Helper[] => [...(op.helpers ?? [])];
  const call = (op: Op): string => op.js({ bare: "text", tight: "text" });
  const callPy = (op: Op): string => op.py({ bare: "text", tight: "text" });
  const helper: Helper = {
    name,
    js: [
      `/** ${comment} */`,
      `function ${name}(text) {`,
      ...readers.map(({ form, op }, i) =>
        i === last
          ? `  return ${call(op)};`
          : `  if (/${new RegExp(`^${form.pattern}$`).source}/.test(text)) return ${call(op)};`,
      ),
      "}",
    ].join("\n"),
    py: [
      "import re",
      `def ${snakeCase(name)}(text):`,
      `    """${comment}"""`,
      ...readers.flatMap(({ form, op }, i) =>
        i === last
          ? [`    return ${callPy(op)}`]
          : [`    if re.search(${pyPattern(new RegExp(`^${form.pattern}$`))}, text):`, `        return ${callPy(op)}`],
      ),
    ].join("\n"),
    needs: readers.flatMap(({ op }) => helperOf(op)),
  };
  return {
    key: `${shape}:${name}`,
    gives: "date",
    cost: 1.2 + readers.reduce((sum, { form }) => sum + form.cost * 0.5, 0),
    apply: (text: string) =>
      (
        readers.find(({ match }, i) => i === last || match(text))?.op.apply as
          | ((text: string) => Moment | undefined)
          | undefined
      )?.(text),
    js: (text) => `${name}(${text?.bare})`,
    py: (text) => `${snakeCase(name)}(${text?.bare})`,
    say: (text) => `the ${noun.toLowerCase()} ${text}`,
    helpers: [helper],
    name: nameOf(shape),
  };
}

const partsHelper: Helper = {
  name: "readDateParts",
  js: [
    "function readDateParts(year, month, day) {",
    "  if (![year, month, day].every((part) => /^\\d{1,4}$/.test(part)))",
    '    throw new TypeError("expected year, month and day as numbers");',
    "  return toDate(Number(year), Number(month), Number(day));",
    "}",
  ].join("\n"),
  py: [
    "import re",
    "def read_date_parts(year, month, day):",
    '    if not all(re.search(r"^[0-9]{1,4}\\Z", part) for part in (year, month, day)):',
    '        raise TypeError("expected year, month and day as numbers")',
    "    return to_date(int(year), int(month), int(day))",
  ].join("\n"),
  needs: readOp(dateForms[0] as Form, "whole", 100).helpers?.[0]?.needs ?? [],
};

const partsOp: Op = {
  key: "date:parts",
  gives: "date",
  cost: 0.5,
  apply: (year: string, month: string, day: string) => {
    const parts = [year, month, day];
    if (!parts.every((part) => /^\d{1,4}$/.test(part))) return undefined;
    return readOp(dateForms[0] as Form, "whole", 100).apply(...([parts.map(Number).join("-")] as never[]));
  },
  js: (year, month, day) => `readDateParts(${year?.bare}, ${month?.bare}, ${day?.bare})`,
  py: (year, month, day) => `read_date_parts(${year?.bare}, ${month?.bare}, ${day?.bare})`,
  say: (year, month, day) => `the date of ${year}, ${month} and ${day}`,
  helpers: [partsHelper],
  name: "date",
};

const joinHelper: Helper = {
  name: "atTime",
  js: "function atTime(date, time) {\n  return { ...date, ...time };\n}",
  py: "import datetime\ndef at_time(date, time):\n    return datetime.datetime.combine(date, time)",
};

const joinOp: Op = {
  key: "moment:join",
  gives: "date",
  cost: 0.5,
  apply: ({ year, month, day }: Moment, { hour, minute, second }: Moment) => ({
    year,
    month,
    day,
    hour,
    minute,
    second,
  }),
  js: (date, time) => `atTime(${date?.bare}, ${time?.bare})`,
  py: (date, time) => `at_time(${date?.bare}, ${time?.bare})`,
  say: (date, time) => `${date} at ${time}`,
  helpers: [joinHelper],
  name: "moment",
};

/** A date in three fields, and a day and a time in two. */
function* acrossFields(scene: Scene, items: readonly Item[]): Generator<Item | undefined> {
  const fields = scene.texts.filter(({ expr }) => expr.kind === "field").slice(0, 6);
  const all = (item: Item, pattern: RegExp): boolean => item.values.every((value) => pattern.test(String(value)));
  for (const year of fields.filter((field) => all(field, /^[1-9]\d{3}$/)))
    for (const month of fields.filter((field) => all(field, /^(?:0?[1-9]|1[0-2])$/)))
      for (const day of fields) if (day !== month && day !== year) yield makeItem(partsOp, [year, month, day]);
  const ofField = (item: Item): string => (item.expr.kind === "apply" ? (item.expr.args[0]?.key ?? "") : "");
  const of = (shape: Shape): Item[] =>
    items.filter((item) => shapeOf(item) === shape && ofField(item).startsWith("#")).slice(0, 4);
  if (fields.length > 1)
    for (const date of of("date"))
      for (const time of of("time")) if (ofField(date) !== ofField(time)) yield makeItem(joinOp, [date, time]);
}
