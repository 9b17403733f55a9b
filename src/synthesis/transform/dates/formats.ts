/** Whole formats of dates and times that are usual enough to be one operation, as templates. */
import { type Helper, type Moment, type Op, snakeCase } from "../language/expr.ts";
import { isoWeek, isoWeekYear } from "./calendar.ts";
import type { Shape } from "./forms.ts";
import { type Language, languages, monthsTable } from "./names.ts";
import { isoWeekHelper } from "./part-counts.ts";

interface Token {
  /** Parts of the date that its source reads. */
  readonly reads: readonly (keyof Moment)[];
  readonly give: (date: Moment, language: Language) => string;
  readonly js: string;
  /** Inside an f-string in double quotes; `@` is the date. */
  readonly py: string;
}

const two = (n: number): string => String(n).padStart(2, "0");
const padded = (part: keyof Moment): Token => ({
  reads: [part],
  give: (date) => two(date[part]),
  js: `String(${part}).padStart(2, "0")`,
  py: `@.${part}:02`,
});
const plain = (part: keyof Moment): Token => ({
  reads: [part],
  give: (date) => String(date[part]),
  js: part,
  py: `@.${part}`,
});
const half = (am: string, pm: string): Token => ({
  reads: ["hour"],
  give: (date) => (date.hour < 12 ? am : pm),
  js: `hour < 12 ? "${am}" : "${pm}"`,
  py: `'${am}' if @.hour < 12 else '${pm}'`,
});

const tokens: Readonly<Record<string, Token>> = {
  year: plain("year"),
  yy: { reads: ["year"], give: (d) => String(d.year).slice(-2), js: "String(year).slice(-2)", py: "str(@.year)[-2:]" },
  month: plain("month"),
  mm: padded("month"),
  day: plain("day"),
  dd: padded("day"),
  name: {
    reads: ["month"],
    give: (d, { months }) => months[d.month - 1] ?? "",
    js: "#MONTHS[month - 1]",
    py: "#MONTHS[@.month - 1]",
  },
  short: {
    reads: ["month"],
    give: (d, { months }) => (months[d.month - 1] ?? "").slice(0, 3),
    js: "#MONTHS[month - 1].slice(0, 3)",
    py: "#MONTHS[@.month - 1][:3]",
  },
  hour: plain("hour"),
  hh: padded("hour"),
  h12: { reads: ["hour"], give: (d) => String(d.hour % 12 || 12), js: "hour % 12 || 12", py: "@.hour % 12 or 12" },
  min: padded("minute"),
  sec: padded("second"),
  AM: half("AM", "PM"),
  am: half("am", "pm"),
  dotted: half("a.m.", "p.m."),
};

interface Format {
  /** What its helper is called. */
  readonly name: string;
  readonly template: string;
  readonly cost: number;
  readonly shapes: readonly Shape[];
  readonly language?: string;
}

const days: readonly Shape[] = ["date", "moment"];
const dayOnly: readonly Shape[] = ["date", "moment", "birthday"];
const monthOnly: readonly Shape[] = ["date", "moment", "month"];
const clocks: readonly Shape[] = ["time", "moment"];

const format = (
  name: string,
  template: string,
  cost: number,
  shapes: readonly Shape[] = days,
  language = "",
): Format => ({ name, template, cost, shapes, language });

const marks: readonly (readonly [mark: string, name: string, cost: number])[] = [
  [".", "Dotted", 0],
  ["/", "Slashed", 0],
  ["-", "Dashed", 0],
  [" ", "Spaced", 0.8],
  ["", "Compact", 0.4],
];

const numeric: readonly Format[] = marks.flatMap(([mark, name, extra]) => [
  format(`dayFirst${name}`, ["{dd}", "{mm}", "{year}"].join(mark), 1.2 + extra),
  format(`monthFirst${name}`, ["{mm}", "{dd}", "{year}"].join(mark), 1.2 + extra),
  ...(mark === "-" ? [] : [format(`yearFirst${name}`, ["{year}", "{mm}", "{dd}"].join(mark), 1.2 + extra)]),
  format(`shortYearDayFirst${name}`, ["{dd}", "{mm}", "{yy}"].join(mark), 1.8 + extra),
  format(`shortYearMonthFirst${name}`, ["{mm}", "{dd}", "{yy}"].join(mark), 1.8 + extra),
  format(`shortYearFirst${name}`, ["{yy}", "{mm}", "{dd}"].join(mark), 2 + extra),
  ...(mark === ""
    ? []
    : [
        format(`plainDayFirst${name}`, ["{day}", "{month}", "{year}"].join(mark), 1.4 + extra),
        format(`plainMonthFirst${name}`, ["{month}", "{day}", "{year}"].join(mark), 1.4 + extra),
        format(`plainYearFirst${name}`, ["{year}", "{month}", "{day}"].join(mark), 1.8 + extra),
      ]),
]);

/** How each language writes a day of a month, and the year behind it. */
const long: readonly (readonly [language: string, prefix: string, day: string, year: string])[] = [
  ["", "", "{day} {name}", " {year}"],
  ["GERMAN_", "german", "{day}. {name}", " {year}"],
  ["FRENCH_", "french", "{day} {name}", " {year}"],
  ["SPANISH_", "spanish", "{day} de {name}", " de {year}"],
  ["ITALIAN_", "italian", "{day} {name}", " {year}"],
  ["PORTUGUESE_", "portuguese", "{day} de {name}", " de {year}"],
  ["DUTCH_", "dutch", "{day} {name}", " {year}"],
];

const named: readonly Format[] = [
  ...long.flatMap(([language, prefix, day, year]): Format[] => {
    const extra = languages.find(({ key }) => key === language)?.cost ?? 0;
    const name = (rest: string): string => prefix + (prefix ? rest.charAt(0).toUpperCase() + rest.slice(1) : rest);
    return [
      format(name("longDate"), day + year, 1.4 + extra, days, language),
      format(name("dayAndMonth"), day, 1.5 + extra, dayOnly, language),
      format(name("monthAndYear"), `{name}${year}`, 1.3 + extra, monthOnly, language),
    ];
  }),
  format("usLongDate", "{name} {day}, {year}", 1.4),
  format("usMediumDate", "{short} {day}, {year}", 1.5),
  format("mediumDate", "{day} {short} {year}", 1.5),
  format("dashedMediumDate", "{dd}-{short}-{year}", 1.7),
  format("monthAndDay", "{name} {day}", 1.5, dayOnly),
  format("shortMonthAndDay", "{short} {day}", 1.6, dayOnly),
  format("dayAndShortMonth", "{day} {short}", 1.6, dayOnly),
  format("shortMonthAndYear", "{short} {year}", 1.5, monthOnly),
  format("koreanDate", "{year}년 {month}월 {day}일", 1.6),
  format("koreanMonth", "{year}년 {month}월", 1.8, monthOnly),
  format("eastAsianDate", "{year}年{month}月{day}日", 1.6),
  format("eastAsianMonth", "{year}年{month}月", 1.8, monthOnly),
  format("isoMonth", "{year}-{mm}", 1.2, monthOnly),
  format("monthSlashYear", "{mm}/{year}", 1.3, monthOnly),
];

const timed: readonly Format[] = [
  format("clock", "{hour}:{min}", 1.2, clocks),
  format("clock12", "{h12}:{min} {AM}", 1.3, clocks),
  format("smallClock12", "{h12}:{min} {am}", 1.4, clocks),
  format("tightClock12", "{h12}:{min}{am}", 1.5, clocks),
  format("tightCapitalClock12", "{h12}:{min}{AM}", 1.5, clocks),
  format("dottedClock12", "{h12}:{min} {dotted}", 1.6, clocks),
  format("hour12", "{h12} {AM}", 1.6, clocks),
  format("tightHour12", "{h12}{am}", 1.7, clocks),
  format("compactTime", "{hh}{min}", 1.7, clocks),
  format("isoMinute", "{year}-{mm}-{dd} {hh}:{min}", 1.3, ["moment"]),
  format("isoSecond", "{year}-{mm}-{dd} {hh}:{min}:{sec}", 1.4, ["moment"]),
  format("isoMoment", "{year}-{mm}-{dd}T{hh}:{min}:{sec}", 1.4, ["moment"]),
];

const tokenPattern = /\{(\w+)\}/g;

function formatOp({ name, template, cost, language: key }: Format): Op {
  const language = languages.find((one) => one.key === key) ?? (languages[0] as Language);
  const used = [...template.matchAll(tokenPattern)].map(([, token = ""]) => tokens[token] as Token);
  const reads = [...new Set(used.flatMap((token) => token.reads))];
  const filled = (say: (token: Token) => string): string =>
    template.replace(tokenPattern, (_, token: string) => say(tokens[token] as Token));
  const js = filled((token) => `\${${token.js.replace("#", language.key)}}`);
  const py = filled((token) => `{${token.py.replace("#", language.key).replaceAll("@", "date")}}`);
  const helper: Helper = {
    name,
    js: `function ${name}({ ${reads.join(", ")} }) {\n  return \`${js}\`;\n}`,
    py: `def ${snakeCase(name)}(date):\n    return f"${py}"`,
    needs: /\{(?:name|short)\}/.test(template) ? [monthsTable(language)] : [],
  };
  return {
    key: `dateText:${name}`,
    gives: "text",
    cost,
    apply: (date: Moment) => filled((token) => token.give(date, language)),
    js: (date) => `${name}(${date?.bare})`,
    py: (date) => `${snakeCase(name)}(${date?.bare})`,
    say: (date) => `${date} as ${template.replace(tokenPattern, (_, token: string) => words[token] ?? token)}`,
    helpers: [helper],
  };
}

const words: Readonly<Record<string, string>> = {
  year: "yyyy",
  month: "m",
  day: "d",
  name: "month",
  short: "mon",
  hour: "h",
  h12: "h",
  min: "mm",
  sec: "ss",
  dotted: "a.m.",
};

const isoWeekLabel: Op = {
  key: "dateText:isoWeekLabel",
  gives: "text",
  cost: 1.6,
  apply: (date: Moment) => `${isoWeekYear(date)}-W${two(isoWeek(date))}`,
  js: (date) => `isoWeekLabel(${date?.bare})`,
  py: (date) => `iso_week_label(${date?.bare})`,
  say: (date) => `the ISO week of ${date} as 2024-W05`,
  helpers: [
    {
      name: "isoWeekLabel",
      js: [
        "function isoWeekLabel(date) {",
        "  const { year, week } = isoWeek(date);",
        '  return [year, "-W", String(week).padStart(2, "0")].join("");',
        "}",
      ].join("\n"),
      py: ["def iso_week_label(date):", "    iso = iso_week(date)", '    return f"{iso.year}-W{iso.week:02}"'].join(
        "\n",
      ),
      needs: [isoWeekHelper],
    },
  ],
};

const all = [...numeric, ...named, ...timed];

/** The usual formats of dates of this shape. */
export function formatOps(shape: Shape): readonly Op[] {
  const ops = all.filter(({ shapes }) => shapes.includes(shape)).map(formatOp);
  return days.includes(shape) ? [...ops, isoWeekLabel] : ops;
}
