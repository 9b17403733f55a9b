/** The forms of times of day, alone and beside a date: data only. */
import { ascii, type Form, form, found, half, hms, late, one, two, y4, ymd } from "./forms.ts";

export const timeForms: readonly Form[] = [
  form("Time", "time", "14:05", `${one}:${two}(?::${two})?`, hms, 1, { optional: late, ...found }),
  form("LooseTime", "time", "9:5", `${one}:(\\d{1,2})`, ["hour", "minute"], 1.8),
  form("Time12", "time", "2:05 PM", `${one}(?:[:.]${two})?(?::${two})? ?${half}`, [...hms, "half"], 1.2, {
    optional: ["minute", "second"],
    ...found,
  }),
  form(
    "TimeWithOrWithoutAm",
    "time",
    "2:05 PM or 14:05",
    `${one}[:.]${two}(?::${two})?(?: ?${half})?`,
    [...hms, "half"],
    2,
    {
      optional: ["second", "half"],
    },
  ),
  form("DottedTime", "time", "14.05", `${one}[.:h]${two}`, ["hour", "minute"], 1.5),
  form("GermanTime", "time", "14.05 Uhr", `${one}(?:[.:]${two})? ?(?:Uhr|h)`, ["hour", "minute"], 1.4, {
    optional: ["minute"],
    ...found,
  }),
  form("HourMarkTime", "time", "14h05", `${one} ?[hH] ?${two}?`, ["hour", "minute"], 1.6, {
    optional: ["minute"],
    ...found,
  }),
  form(
    "KoreanTime",
    "time",
    "오후 2시 5분",
    `(?:(오전|오후) ?)?${one}시(?: ?${one}분)?(?: ?${one}초)?`,
    ["half", ...hms],
    1.2,
    {
      optional: ["half", "minute", "second"],
      ...found,
    },
  ),
  form(
    "EastAsianTime",
    "time",
    "午後2時5分",
    `(?:(午前|午後|上午|下午) ?)?${one}[時时点點](?:${one}分)?`,
    ["half", "hour", "minute"],
    1.5,
    {
      optional: ["half", "minute"],
      ...found,
    },
  ),
  form("CompactTime", "time", "1405", `${one}${two}`, ["hour", "minute"], 1.6),
  form("SixDigitTime", "time", "140507", `${two}${two}${two}`, hms, 2),
];

const clock = `${two}:${two}(?::${two})?`;

/** Times as they stand beside a date. */
const besideTimes: readonly Pick<Form, "name" | "like" | "pattern" | "parts" | "optional" | "cost">[] = [
  {
    name: "Time",
    like: "14:05",
    pattern: `${one}:${two}(?::${two}(?:[.,]\\d{1,9})?)?`,
    parts: hms,
    optional: late,
    cost: 0.2,
  },
  {
    name: "Time12",
    like: "2:05 PM",
    pattern: `${one}:${two}(?::${two})? ?${half}`,
    parts: [...hms, "half"],
    optional: late,
    cost: 0.3,
  },
  { name: "Hour12", like: "2 PM", pattern: `${one} ?${half}`, parts: ["hour", "half"], cost: 0.6 },
  { name: "DottedTime", like: "14.05 Uhr", pattern: `${one}[.:]${two}(?: Uhr)?`, parts: ["hour", "minute"], cost: 0.6 },
];

/** A day with a time: the time behind it, or in front. */
export function momentForms(dates: readonly Form[]): Form[] {
  const forms: Form[] = [
    form(
      "IsoTimestamp",
      "moment",
      "2024-03-05T14:05:00Z",
      `${y4}-${two}-${two}[T ]${clock}(?:[.,]\\d+)?(?: ?(?:Z|UTC|[-+]\\d{2}:?\\d{2}))?`,
      [...ymd, ...hms],
      1.1,
      { optional: late },
    ),
    form(
      "IsoTimestampInUtc",
      "moment",
      "2024-03-05T14:05:00+01:00",
      `${y4}-${two}-${two}[T ]${clock}(?:[.,]\\d+)? ?(Z|[-+]\\d{2}:?\\d{2})`,
      [...ymd, ...hms, "offset"],
      1.6,
      { optional: late },
    ),
    form(
      "ServerLogTime",
      "moment",
      "05/Mar/2024:14:05:09 +0000",
      `\\[?${one}/${ascii}/${y4}:${two}:${two}:${two}(?: [-+]\\d{4})?\\]?`,
      ["day", "name", "year", ...hms],
      1.4,
      { language: "", ...found },
    ),
    form(
      "ServerLogTimeInUtc",
      "moment",
      "05/Mar/2024:14:05:09 +0100",
      `\\[?${one}/${ascii}/${y4}:${two}:${two}:${two} ([-+]\\d{4})\\]?`,
      ["day", "name", "year", ...hms, "offset"],
      1.9,
      { language: "" },
    ),
    form(
      "SystemTime",
      "moment",
      "Tue Mar  5 14:05:09 2024",
      `[A-Za-z]{3},? ${ascii} {1,2}${one} ${two}:${two}:${two}(?: [A-Z]{3,4})? ${y4}`,
      ["name", "day", ...hms, "year"],
      1.6,
      { language: "", ...found },
    ),
    form(
      "CompactMoment",
      "moment",
      "20240305T140509",
      `${y4}${two}${two}[T _-]?${two}${two}${two}?Z?`,
      [...ymd, ...hms],
      1.3,
      { optional: late, ...found },
    ),
  ];
  for (const date of dates)
    for (const time of besideTimes)
      forms.push(
        form(
          `${date.name}And${time.name}`,
          "moment",
          `${date.like} ${time.like}`,
          `${date.pattern}(?:,?(?: at| um)? |T|, ?)${time.pattern}`,
          [...date.parts, ...time.parts],
          date.cost + time.cost,
          copied(date, time),
        ),
        form(
          `${time.name}And${date.name}`,
          "moment",
          `${time.like} ${date.like}`,
          `${time.pattern},?(?: on| am)? ${date.pattern}`,
          [...time.parts, ...date.parts],
          date.cost + time.cost + 0.4,
          copied(date, time),
        ),
      );
  return forms;
}

function copied(date: Form, time: Pick<Form, "optional">): Partial<Form> {
  return {
    ...(time.optional && { optional: time.optional }),
    ...(date.shortYear && { shortYear: date.shortYear }),
    ...(date.language !== undefined && { language: date.language }),
    ...(date.found && time.optional && { found: true as const }),
  };
}
