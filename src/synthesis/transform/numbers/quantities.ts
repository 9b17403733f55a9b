/** Numbers with units behind them, brought to one unit: 1.2M, 3.5 GB, 1 kg 500 g, 1억 2,500만. */
import type { Helper, Op } from "../language/expr.ts";
import { callOp, helper } from "./call.ts";

interface Family {
  readonly table: string;
  /** Of each unit, in small letters, its size in the smallest. The empty one is for a number without a unit. */
  readonly units: Readonly<Record<string, number>>;
  readonly cost: number;
  readonly say: string;
}

const families: readonly Family[] = [
  { table: "ABBREVIATIONS", units: { "": 1, k: 1e3, m: 1e6, b: 1e9, bn: 1e9, t: 1e12 }, cost: 1.6, say: "in full" },
  {
    table: "DURATIONS",
    units: { ms: 1, s: 1e3, sec: 1e3, m: 6e4, min: 6e4, h: 3.6e6, d: 8.64e7 },
    cost: 2,
    say: "in ms",
  },
  { table: "SIZES", units: { b: 1, kb: 1e3, mb: 1e6, gb: 1e9, tb: 1e12 }, cost: 2, say: "in bytes (by thousands)" },
  {
    table: "BINARY_SIZES",
    units: { b: 1, kb: 1024, kib: 1024, mb: 1024 ** 2, mib: 1024 ** 2, gb: 1024 ** 3, gib: 1024 ** 3, tb: 1024 ** 4 },
    cost: 2.2,
    say: "in bytes (by 1024)",
  },
  { table: "LENGTHS", units: { mm: 1, cm: 10, m: 1000, km: 1e6 }, cost: 2, say: "in mm" },
  { table: "WEIGHTS", units: { mg: 1, g: 1000, kg: 1e6, t: 1e9 }, cost: 2, say: "in mg" },
  { table: "VOLUMES", units: { ml: 1, cl: 10, dl: 100, l: 1000 }, cost: 2, say: "in ml" },
  { table: "POUNDS", units: { oz: 1, lb: 16, lbs: 16 }, cost: 2.2, say: "in ounces" },
  { table: "FEET", units: { '"': 1, in: 1, "″": 1, "'": 12, ft: 12, "′": 12 }, cost: 1.8, say: "in inches" },
  {
    table: "MYRIADS",
    units: { "": 1, 원: 1, 천: 1000, 만: 1e4, 만원: 1e4, 억: 1e8, 억원: 1e8, 조: 1e12 },
    cost: 1.6,
    say: "in full",
  },
  {
    table: "LARGE",
    units: { thousand: 1e3, lakh: 1e5, million: 1e6, crore: 1e7, billion: 1e9 },
    cost: 2,
    say: "in full",
  },
];

const pattern = /(\d[\d,]*(?:\.\d+)?)\s*([^\d\s.,;()+/-]*)/g;

const quantityHelper = helper(
  "inSmallest",
  [
    "/** The numbers of a text, each times the size of the unit behind it, added up. */",
    "function inSmallest(text, sizes) {",
    `  const parts = [...text.matchAll(${pattern})].filter(([, , unit]) => Object.hasOwn(sizes, unit.toLowerCase()));`,
    '  if (parts.length === 0) throw new TypeError("expected a number with its unit");',
    '  const sum = parts.reduce((sum, [, number, unit]) => sum + Number(number.replaceAll(",", "")) * sizes[unit.toLowerCase()], 0);',
    '  return text.trim().startsWith("-") ? -sum : sum;',
    "}",
  ],
  [
    "import re",
    "def in_smallest(text, sizes):",
    '    """The numbers of a text, each times the size of the unit behind it, added up."""',
    `    parts = re.findall(r"${pattern.source.replace("\\/", "/")}", text, re.ASCII)`,
    "    known = [(number, unit.lower()) for number, unit in parts if unit.lower() in sizes]",
    "    if not known:",
    '        raise TypeError("expected a number with its unit")',
    "    total = 0",
    "    for number, unit in known:",
    '        total += float(number.replace(",", "")) * sizes[unit]',
    '    return -total if text.strip().startswith("-") else total',
  ],
);

function inSmallest(text: string, sizes: Readonly<Record<string, number>>): number | undefined {
  let sum: number | undefined;
  for (const [, number = "", unit = ""] of text.matchAll(pattern)) {
    const small = unit.toLowerCase();
    if (Object.hasOwn(sizes, small)) sum = (sum ?? 0) + Number(number.replaceAll(",", "")) * (sizes[small] ?? 0);
  }
  if (sum === undefined || !Number.isFinite(sum)) return undefined;
  return text.trim().startsWith("-") ? -sum : sum;
}

const jsKey = (unit: string): string => (/^[\p{L}]+$/u.test(unit) ? unit : JSON.stringify(unit));

function tableHelper({ table, units }: Family): Helper {
  const entries = Object.entries(units);
  return helper(
    table,
    [`const ${table} = { ${entries.map(([unit, size]) => `${jsKey(unit)}: ${size}`).join(", ")} };`],
    [`${table} = {${entries.map(([unit, size]) => `${JSON.stringify(unit)}: ${size}`).join(", ")}}`],
  );
}

/** Text to a number in the smallest unit of a family; for texts in which such a unit occurs. */
export function quantityOps(texts: readonly string[]): Op[] {
  const units = new Set<string>();
  for (const text of texts)
    for (const [, , unit = ""] of text.slice(0, 500).matchAll(pattern)) units.add(unit.toLowerCase());
  return families
    .filter(({ units: sizes }) => [...units].some((unit) => unit !== "" && Object.hasOwn(sizes, unit)))
    .map((family) =>
      callOp(quantityHelper, {
        gives: "number",
        cost: family.cost,
        extra: [tableHelper(family)],
        apply: (text: string) => inSmallest(text, family.units),
        say: (text) => `${text} ${family.say}`,
        name: family.table === "DURATIONS" ? "duration" : "amount",
      }),
    );
}
