/** Durations that are numbers with units: 7h 30m, 2 days 3 hours. */
import type { Helper } from "../language/expr.ts";

/** Longer texts are no durations. */
export const maxLength = 100;

/** Seconds of the units, by language; the plural of English and French is that of the key and an s. */
export const units: readonly (readonly [
  table: string,
  cost: number,
  like: string,
  seconds: Readonly<Record<string, number>>,
])[] = [
  [
    "UNIT_SECONDS",
    0,
    "7h 30m",
    {
      ms: 0.001,
      s: 1,
      sec: 1,
      second: 1,
      m: 60,
      min: 60,
      minute: 60,
      h: 3600,
      hr: 3600,
      hour: 3600,
      d: 86_400,
      day: 86_400,
      w: 604_800,
      week: 604_800,
    },
  ],
  [
    "GERMAN_UNIT_SECONDS",
    0.5,
    "7 Std. 30 Min.",
    {
      s: 1,
      sek: 1,
      sekunde: 1,
      sekunden: 1,
      min: 60,
      minute: 60,
      minuten: 60,
      h: 3600,
      std: 3600,
      stunde: 3600,
      stunden: 3600,
      tag: 86_400,
      tage: 86_400,
      woche: 604_800,
      wochen: 604_800,
    },
  ],
  [
    "ROMANCE_UNIT_SECONDS",
    0.6,
    "7 heures 30 minutes",
    {
      s: 1,
      seconde: 1,
      segundo: 1,
      min: 60,
      minute: 60,
      minuto: 60,
      h: 3600,
      heure: 3600,
      hora: 3600,
      j: 86_400,
      jour: 86_400,
      día: 86_400,
      semaine: 604_800,
      semana: 604_800,
    },
  ],
  ["KOREAN_UNIT_SECONDS", 0.5, "7시간 30분", { 초: 1, 분: 60, 시간: 3600, 일: 86_400, 주: 604_800 }],
];

export const unitHelper: Helper = {
  name: "readDuration",
  js: [
    "/** The seconds of a duration like 7h 30m: every number with its unit. */",
    "function readDuration(text, units) {",
    "  let total = 0;",
    "  const rest = text.toLowerCase().replace(/(\\d+(?:[.,]\\d+)?) ?(\\p{L}+)\\.?/gu, (_, count, unit) => {",
    '    total += Number(count.replace(",", ".")) * (units[unit] ?? units[unit.replace(/s$/, "")]);',
    '    return "";',
    "  });",
    "  if (rest.length === text.length || !/^(?:[ ,&+]|and|und|et|y)*$/.test(rest) || !Number.isFinite(total))",
    '    throw new TypeError("expected a duration like 7h 30m");',
    "  return Math.floor(total * 1000 + 0.5) / 1000;",
    "}",
  ].join("\n"),
  py: [
    "import math",
    "import re",
    "def read_duration(text, units):",
    '    """The seconds of a duration like 7h 30m: every number with its unit."""',
    "    total = 0",
    '    pattern = r"([0-9]+(?:[.,][0-9]+)?) ?([^\\W\\d_]+)\\.?"',
    "    for count, unit in re.findall(pattern, text.lower()):",
    '        seconds = units.get(unit, units.get(unit.removesuffix("s")))',
    "        if seconds is None:",
    '            raise TypeError("expected a duration like 7h 30m")',
    '        total += float(count.replace(",", ".")) * seconds',
    '    rest = re.sub(pattern, "", text.lower())',
    '    if len(rest) == len(text) or not re.search(r"^(?:[ ,&+]|and|und|et|y)*\\Z", rest):',
    '        raise TypeError("expected a duration like 7h 30m")',
    "    return math.floor(total * 1000 + 0.5) / 1000",
  ].join("\n"),
};

export function readDuration(text: string, seconds: Readonly<Record<string, number>>): number | undefined {
  if (text.length > maxLength) return undefined;
  let total = 0;
  const rest = text.toLowerCase().replace(/(\d+(?:[.,]\d+)?) ?(\p{L}+)\.?/gu, (_, count: string, unit: string) => {
    const known = Object.hasOwn(seconds, unit) ? seconds[unit] : seconds[unit.replace(/s$/, "")];
    total += Number(count.replace(",", ".")) * (known ?? Number.NaN);
    return "";
  });
  if (rest.length === text.length || !/^(?:[ ,&+]|and|und|et|y)*$/.test(rest) || !Number.isFinite(total))
    return undefined;
  return Math.floor(total * 1000 + 0.5) / 1000;
}

export function unitTable(name: string, seconds: Readonly<Record<string, number>>): Helper {
  const entries = Object.entries(seconds);
  const number = (n: number): string => (n >= 10_000 ? n.toLocaleString("en").replaceAll(",", "_") : String(n));
  const lines = (say: (key: string) => string): string[] => {
    const all = entries.map(([key, value]) => `${say(key)}: ${number(value)}`);
    const rows: string[] = [];
    for (let i = 0; i < all.length; i += 6) rows.push(`  ${all.slice(i, i + 6).join(", ")},`);
    return rows;
  };
  return {
    name,
    js: [`const ${name} = {`, ...lines((key) => key), "};"].join("\n"),
    py: [`${name} = {`, ...lines((key) => `"${key}"`).map((line) => `  ${line}`), "}"].join("\n"),
  };
}
