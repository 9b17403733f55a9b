/** Steps for pieces that are numbers: zeros, padding, thousands, decimals, months. */
import { quote } from "../javascript.ts";
import { call, type Helper, numberHelper, pattern, type Step } from "./step.ts";

const groupHelper: Helper = {
  name: "groupThousands",
  source: [
    "function groupThousands(text) {",
    '  const [whole = "", ...rest] = text.split(".");',
    '  let grouped = "";',
    "  for (let i = 0; i < whole.length; i++) {",
    "    const left = whole.length - i;",
    '    grouped += i > 0 && left % 3 === 0 && whole.charAt(i - 1) !== "-" ? "," + whole.charAt(i) : whole.charAt(i);',
    "  }",
    '  return [grouped, ...rest].join(".");',
    "}",
  ].join("\n"),
};

const monthNames = "January February March April May June July August September October November December".split(" ");
const monthsHelper: Helper = {
  name: "MONTHS",
  source: `const MONTHS = [\n  ${monthNames.slice(0, 6).map(quote).join(", ")},\n  ${monthNames.slice(6).map(quote).join(", ")},\n];`,
};

function groupThousands(text: string): string {
  const [whole = "", ...rest] = text.split(".");
  let grouped = "";
  for (let i = 0; i < whole.length; i++) {
    const left = whole.length - i;
    grouped += i > 0 && left % 3 === 0 && whole.charAt(i - 1) !== "-" ? `,${whole.charAt(i)}` : whole.charAt(i);
  }
  return [grouped, ...rest].join(".");
}

const isNumber = (text: string): boolean => text.trim() !== "" && !Number.isNaN(Number(text));

/** Steps for pieces that are numbers: zeros, padding, thousands, decimals, months. `widths` are lengths seen in outputs. */
export function numberSteps(widths: readonly number[]): Step[] {
  const steps: Step[] = [
    pattern(1.4, /^0+(?=.)/, "", (w) => `${w} without leading zeros`),
    call(2, groupHelper, groupThousands, "with thousands separators"),
    ...[0, 1, 2, 3].map(
      (digits): Step => ({
        cost: 2.2,
        apply: (t) => (isNumber(t) ? Number(t).toFixed(digits) : ""),
        js: (r) => `toNumber(${r}).toFixed(${digits})`,
        helpers: [numberHelper],
        say: (w) => `${w} with ${digits} decimals`,
      }),
    ),
    {
      cost: 3,
      apply: (t) => (isNumber(t) ? groupThousands(Number(t).toFixed(2)) : ""),
      js: (r) => `groupThousands(toNumber(${r}).toFixed(2))`,
      say: (w) => `${w} with thousands separators and 2 decimals`,
      helpers: [groupHelper, numberHelper],
    },
    {
      cost: 2,
      apply: (t) => monthNames[Number(t) - 1] ?? "",
      js: (r) => `MONTHS[Number(${r}) - 1] ?? ""`,
      loose: true,
      say: (w) => `the name of the month in ${w}`,
      helpers: [monthsHelper],
    },
    {
      cost: 2.2,
      apply: (t) => (monthNames[Number(t) - 1] ?? "").slice(0, 3),
      js: (r) => `(MONTHS[Number(${r}) - 1] ?? "").slice(0, 3)`,
      say: (w) => `the short name of the month in ${w}`,
      helpers: [monthsHelper],
    },
    ...[0, 2].map((width): Step => {
      const index = (t: string): number =>
        monthNames.findIndex((m) => m.slice(0, 3).toLowerCase() === t.slice(0, 3).toLowerCase());
      return {
        cost: 2.4,
        apply: (t) => String(index(t) + 1).padStart(width, "0"),
        js: (r) => `monthNumber(${r})${width ? '.padStart(2, "0")' : ""}`,
        say: (w) => `the number of the month in ${w}`,
        helpers: [
          monthsHelper,
          {
            name: "monthNumber",
            source: [
              "function monthNumber(name) {",
              "  const start = name.slice(0, 3).toLowerCase();",
              "  return String(MONTHS.findIndex((month) => month.slice(0, 3).toLowerCase() === start) + 1);",
              "}",
            ].join("\n"),
          },
        ],
      };
    }),
  ];
  for (const width of widths)
    steps.push({
      cost: width === 2 ? 1.3 : 1.6,
      apply: (t) => t.padStart(width, "0"),
      js: (r) => `${r}.padStart(${width}, "0")`,
      say: (w) => `${w} padded with zeros to ${width} digits`,
    });
  return steps;
}
