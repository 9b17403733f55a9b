/** Names of months and weekdays in the languages that tables are written in: data, and how programs look them up. */
import { quote } from "../../javascript.ts";
import type { Helper } from "../language/expr.ts";
import { pyQuote } from "../language/python.ts";

export interface Language {
  /** In front of its tables' names: "GERMAN". */
  readonly key: string;
  readonly name: string;
  readonly cost: number;
  readonly months: readonly string[];
  /** Where they are not the first three letters. */
  readonly shortMonths?: readonly string[];
  /** From Sunday on. */
  readonly weekdays: readonly string[];
  /** Letters of a short weekday. */
  readonly shortWeekday: number;
}

const words = (text: string): string[] => text.split(" ");

export const languages: readonly Language[] = [
  {
    key: "",
    name: "English",
    cost: 0,
    months: words("January February March April May June July August September October November December"),
    weekdays: words("Sunday Monday Tuesday Wednesday Thursday Friday Saturday"),
    shortWeekday: 3,
  },
  {
    key: "GERMAN_",
    name: "German",
    cost: 0.5,
    months: words("Januar Februar März April Mai Juni Juli August September Oktober November Dezember"),
    weekdays: words("Sonntag Montag Dienstag Mittwoch Donnerstag Freitag Samstag"),
    shortWeekday: 2,
  },
  {
    key: "FRENCH_",
    name: "French",
    cost: 0.6,
    months: words("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
    shortMonths: words("janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc."),
    weekdays: words("dimanche lundi mardi mercredi jeudi vendredi samedi"),
    shortWeekday: 3,
  },
  {
    key: "SPANISH_",
    name: "Spanish",
    cost: 0.6,
    months: words("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre"),
    weekdays: words("domingo lunes martes miércoles jueves viernes sábado"),
    shortWeekday: 3,
  },
  {
    key: "ITALIAN_",
    name: "Italian",
    cost: 0.8,
    months: words("gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre"),
    weekdays: words("domenica lunedì martedì mercoledì giovedì venerdì sabato"),
    shortWeekday: 3,
  },
  {
    key: "PORTUGUESE_",
    name: "Portuguese",
    cost: 0.8,
    months: words("janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro"),
    weekdays: words("domingo segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado"),
    shortWeekday: 3,
  },
  {
    key: "DUTCH_",
    name: "Dutch",
    cost: 0.8,
    months: words("januari februari maart april mei juni juli augustus september oktober november december"),
    shortMonths: words("jan feb mrt apr mei jun jul aug sep okt nov dec"),
    weekdays: words("zondag maandag dinsdag woensdag donderdag vrijdag zaterdag"),
    shortWeekday: 2,
  },
];

/** Weekdays alone, where months are numbers. */
export const weekdaysOnly: readonly Pick<Language, "key" | "name" | "cost" | "weekdays" | "shortWeekday">[] = [
  {
    key: "KOREAN_",
    name: "Korean",
    cost: 0.6,
    weekdays: words("일요일 월요일 화요일 수요일 목요일 금요일 토요일"),
    shortWeekday: 1,
  },
  {
    key: "JAPANESE_",
    name: "Japanese",
    cost: 0.8,
    weekdays: words("日曜日 月曜日 火曜日 水曜日 木曜日 金曜日 土曜日"),
    shortWeekday: 1,
  },
  {
    key: "CHINESE_",
    name: "Chinese",
    cost: 0.8,
    weekdays: words("星期日 星期一 星期二 星期三 星期四 星期五 星期六"),
    shortWeekday: 3,
  },
];

/** A constant that is a list of texts, on lines of up to six. */
export function tableHelper(name: string, rows: readonly string[]): Helper {
  const lines = (say: (text: string) => string): string => {
    const all = rows.map(say);
    if (rows.length <= 7) return all.join(", ");
    return `\n  ${all.slice(0, 6).join(", ")},\n  ${all.slice(6).join(", ")},\n`;
  };
  return {
    name,
    js: `const ${name} = [${lines(quote)}];`,
    py: `${name} = [${lines(pyQuote)}]`,
  };
}

export const monthsTable = (language: Language): Helper => tableHelper(`${language.key}MONTHS`, language.months);

export const weekdaysTable = (language: Pick<Language, "key" | "weekdays">): Helper =>
  tableHelper(`${language.key}WEEKDAYS`, language.weekdays);

/** The month that a name, long or short, begins: 1 to 12, 0 for none. */
export function monthNumber(name: string, months: readonly string[]): number {
  const start = name.toLowerCase();
  return months.findIndex((month) => month.toLowerCase().startsWith(start)) + 1;
}

export const monthNumberHelper: Helper = {
  name: "monthNumber",
  js: [
    "/** 1 to 12 for the name of a month, or the beginning of one; 0 for none. */",
    "function monthNumber(name, months) {",
    "  const start = name.toLowerCase();",
    "  return months.findIndex((month) => month.toLowerCase().startsWith(start)) + 1;",
    "}",
  ].join("\n"),
  py: [
    "def month_number(name, months):",
    '    """1 to 12 for the name of a month, or the beginning of one; 0 for none."""',
    "    start = name.lower()",
    "    return next((i for i, month in enumerate(months, 1) if month.lower().startswith(start)), 0)",
  ].join("\n"),
};
