/** The forms of days, months and years: data only. */
import { ascii, dmy, type Form, form, found, mdy, one, short, two, y2, y4, ymd } from "./forms.ts";
import { languages } from "./names.ts";

/** Numbers only. Those with any separator come before those with a certain one: these are for columns of mixed forms. */
const numeric: readonly Form[] = [
  form("IsoDate", "date", "2024-03-05", `${y4}-${one}-${one}`, ymd, 1, found),
  form("YearFirstDate", "date", "2024/3/5", `${y4}[-./]${one}[-./]${one}`, ymd, 1.3, found),
  form("DayFirstDate", "date", "25/12/2024", `${one}[-./]${one}[-./]${y4}`, dmy, 1.2, found),
  form("MonthFirstDate", "date", "12/25/2024", `${one}[-./]${one}[-./]${y4}`, mdy, 1.2, found),
  form("DottedDate", "date", "25.12.2024", `${one}\\. ?${one}\\. ?${y4}`, dmy, 1.25, found),
  form("DaySlashDate", "date", "25/12/2024", `${one}/${one}/${y4}`, dmy, 1.3),
  form("MonthSlashDate", "date", "12/25/2024", `${one}/${one}/${y4}`, mdy, 1.3),
  form("DayDashDate", "date", "25-12-2024", `${one}-${one}-${y4}`, dmy, 1.4),
  form("MonthDashDate", "date", "12-25-2024", `${one}-${one}-${y4}`, mdy, 1.5),
  form("CompactDate", "date", "20240305", `${y4}${two}${two}`, ymd, 1.3, found),
  form("CompactDayFirstDate", "date", "25122024", `${two}${two}${y4}`, dmy, 2.2),
  form("CompactMonthFirstDate", "date", "12252024", `${two}${two}${y4}`, mdy, 2.4),
  form("ShortDayFirstDate", "date", "25/12/24", `${one}[-./]${one}[-./]${y2}`, dmy, 1.6, { ...short, ...found }),
  form("ShortMonthFirstDate", "date", "12/25/24", `${one}[-./]${one}[-./]${y2}`, mdy, 1.6, { ...short, ...found }),
  form("ShortYearFirstDate", "date", "24-03-05", `${y2}[-./]${two}[-./]${two}`, ymd, 2.2, { ...short, ...found }),
  form("SixDigitDate", "date", "240305", `${y2}${two}${two}`, ymd, 1.8, { ...short, ...found }),
  form("SixDigitDayFirstDate", "date", "251224", `${two}${two}${y2}`, dmy, 2.6, { ...short, ...found }),
  form("SixDigitMonthFirstDate", "date", "122524", `${two}${two}${y2}`, mdy, 2.8, { ...short, ...found }),
  form("AnyYearDayFirstDate", "date", "25/12/24", `${one}[-./]${one}[-./](\\d{4}|\\d{2})`, dmy, 2, short),
  form("AnyYearMonthFirstDate", "date", "12/25/24", `${one}[-./]${one}[-./](\\d{4}|\\d{2})`, mdy, 2, short),
  form("EastAsianDate", "date", "2024년 3월 5일", `${y4}[년年] ?${one}[월月] ?${one}[일日号]`, ymd, 1.2, found),
  form(
    "KoreanBirthNumber",
    "date",
    "900514-1234567",
    `${two}${two}${two}-?([0-9])[0-9*]{6}`,
    ["year", "month", "day", "century"],
    1.4,
  ),
  form("KoreanDottedDate", "date", "2024. 3. 5.", `${y4}\\. ?${one}\\. ?${one}\\.?`, ymd, 1.5, found),
];

const months: readonly Form[] = [
  form("IsoMonth", "month", "2024-03", `${y4}[-./]${one}`, ["year", "month"], 1.3),
  form("MonthOfYear", "month", "3/2024", `${one}[-./ ]${y4}`, ["month", "year"], 1.4),
  form("EastAsianMonth", "month", "2024년 3월", `${y4}[년年] ?${one}[월月]`, ["year", "month"], 1.4),
  form("ShortMonthOfYear", "month", "03/24", `${one}[-./]${y2}`, ["month", "year"], 1.8, short),
  form("CompactMonth", "month", "202403", `${y4}${two}`, ["year", "month"], 1.8),
  form("MonthNumber", "monthname", "3", one, ["month"], 2.6),
  form("Quarter", "month", "Q1 2024", `[Qq]([1-4])[-/ ]?${y4}`, ["quarter", "year"], 1.5),
  form("YearQuarter", "month", "2024-Q1", `${y4}[-/ ]?[Qq]([1-4])`, ["year", "quarter"], 1.5),
  form("BirthdayMonthFirst", "birthday", "12/25", `${one}[-./]${one}`, ["month", "day"], 2.6),
  form("BirthdayDayFirst", "birthday", "25.12.", `${one}[-./]${one}\\.?`, ["day", "month"], 2.6),
  form("EastAsianBirthday", "birthday", "3월 5일", `${one}[월月] ?${one}[일日号]`, ["month", "day"], 1.6),
  form("Year", "year", "1987 or 1987-12-31", `${y4}(?:-\\d{1,2}){0,2}`, ["year"], 1.5),
];

/** Languages as their dates are written: what stands behind the number of the day, and between the parts. */
const styles: readonly (readonly [
  language: string,
  label: string,
  day: string,
  of: string,
  like: string,
  weekday: string,
])[] = [
  ["", "", "(?:st|nd|rd|th)?", "(?: of)?", "5 March 2024", "Tue"],
  ["GERMAN_", "German", "\\.?", "", "5. März 2024", "Di."],
  ["FRENCH_", "French", "(?:er)?", "", "5 mars 2024", "mardi"],
  ["SPANISH_", "Spanish", "", "(?: del?)?", "5 de marzo de 2024", "martes"],
  ["ITALIAN_", "Italian", "°?", "", "5 marzo 2024", "martedì"],
  ["PORTUGUESE_", "Portuguese", "[°º]?", "(?: de)?", "5 de março de 2024", "terça"],
  ["DUTCH_", "Dutch", "", "", "5 maart 2024", "dinsdag"],
];

const latin = "([A-Za-zÀ-ÿ]{3,10})";

function named(): Form[] {
  return styles.flatMap(([key, label, after, of, like, day]): Form[] => {
    const extra = languages.find((language) => language.key === key)?.cost ?? 0;
    const month = key === "" ? ascii : latin;
    const gap = key === "" ? "[-./ ]" : "[-. ]?";
    const language = { language: key };
    const dayFirst = (year: string): string => `${one}${after}${of} ?${gap}${month}\\.?,?${of}${gap}${year}`;
    const tidy = (pattern: string): string => pattern.replace(" ?[-./ ]", "[-./ ]").replace(" ?[-. ]?", "[-. ]?");
    const weekday = "[A-Za-zÀ-ÿ]{2,13}\\.?,? ";
    const forms = [
      form(`${label}LongDate`, "date", like, tidy(dayFirst(y4)), ["day", "name", "year"], 1.2 + extra, {
        ...language,
        ...found,
      }),
      form(
        `${label}LongDateWithWeekday`,
        "date",
        `${day}, ${like}`,
        weekday + tidy(dayFirst(y4)),
        ["day", "name", "year"],
        1.5 + extra,
        language,
      ),
      form(
        `${label}MonthName`,
        "month",
        like.replace(/^5\S* (?:de )?/, ""),
        `${month}\\.?,?${of}${gap}${y4}`,
        ["name", "year"],
        1.3 + extra,
        language,
      ),
      form(
        `${label}ShortLongDate`,
        "date",
        like.replace("20", ""),
        tidy(dayFirst(`'?${y2}`)),
        ["day", "name", "year"],
        1.8 + extra,
        { ...language, ...short },
      ),
      form(
        `${label}MonthAlone`,
        "monthname",
        like
          .replace(/ de \d+$/, " 2024")
          .split(" ")
          .at(-2) ?? "",
        `${month}\\.?`,
        ["name"],
        1.4 + extra,
        language,
      ),
      form(
        `${label}Weekday`,
        "weekday",
        day,
        `${key === "" ? "([A-Za-z]{2,9})" : "([A-Za-zÀ-ÿ-]{2,13})"}\\.?`,
        ["weekday"],
        1.6 + extra,
        language,
      ),
      form(
        `${label}Birthday`,
        "birthday",
        like.replace(/ (?:de )?\d{4}$/, ""),
        `${one}${after}${of}${gap}${month}\\.?`,
        ["day", "name"],
        1.8 + extra,
        language,
      ),
    ];
    if (key !== "") return forms;
    const monthFirst = (year: string): string => `${month}\\.?[- ]${one}${after},?[- ]${year}`;
    return [
      ...forms,
      form("UsLongDate", "date", "March 5, 2024", monthFirst(y4), ["name", "day", "year"], 1.2, {
        ...language,
        ...found,
      }),
      form(
        "UsLongDateWithWeekday",
        "date",
        "Tuesday, March 5, 2024",
        weekday + monthFirst(y4),
        ["name", "day", "year"],
        1.5,
        language,
      ),
      form("UsShortLongDate", "date", "Mar 5 '24", monthFirst(`'?${y2}`), ["name", "day", "year"], 1.9, {
        ...language,
        ...short,
      }),
      form("UsBirthday", "birthday", "March 5", `${month}\\.? ${one}${after}`, ["name", "day"], 1.8, language),
      form("ShortMonthName", "month", "Mar 24", `${month}\\.?[- ]'?${y2}`, ["name", "year"], 2.2, {
        ...language,
        ...short,
      }),
      form(
        "YearMonthNameDay",
        "date",
        "2024 Mar 5",
        `${y4}[- ]${month}\\.?[- ]${one}`,
        ["year", "name", "day"],
        1.8,
        language,
      ),
    ];
  });
}

export const dateForms: readonly Form[] = [...numeric, ...months, ...named()];
