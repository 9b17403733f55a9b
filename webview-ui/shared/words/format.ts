/** Numbers, money and times as a language writes them. */

export interface Formats {
  number(n: number): string;
  /** A share of one: 0.95 is "95%", with at most one place after the point. */
  percent(share: number): string;
  usd(amount: number): string;
  /** From milliseconds: "38ms", "2.1s". */
  elapsed(ms: number): string;
  /** From milliseconds, in whole seconds: "23s", "2m 5s". */
  remaining(ms: number): string;
  /** "5 minutes ago", "yesterday", then a date. Both ISO 8601 or milliseconds since 1970. */
  ago(then: string, now: number): string;
}

const minute = 60_000;
const hour = 60 * minute;
const day = 24 * hour;

/** `language` is a BCP 47 tag such as "en" or "ko"; an unknown one is written as English. */
export function formatsOf(language: string): Formats {
  const locale = knownLocale(language);
  const decimal = new Intl.NumberFormat(locale);
  const unit = (name: string, digits: number): Intl.NumberFormat =>
    new Intl.NumberFormat(locale, {
      ...{ style: "unit", unit: name, unitDisplay: "narrow" },
      ...{ minimumFractionDigits: digits, maximumFractionDigits: digits },
    });
  const percent = new Intl.NumberFormat(locale, { style: "percent", maximumFractionDigits: 1 });
  const money = (digits: number): Intl.NumberFormat =>
    new Intl.NumberFormat(locale, {
      ...{ style: "currency", currency: "USD", currencyDisplay: "narrowSymbol" },
      ...{ minimumFractionDigits: digits, maximumFractionDigits: digits },
    });
  const [ms, seconds, tenths, minutes] = [
    unit("millisecond", 0),
    unit("second", 0),
    unit("second", 1),
    unit("minute", 0),
  ];
  const [cents, small] = [money(2), money(4)];
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: "auto" });
  const date = new Intl.DateTimeFormat(locale, { dateStyle: "medium" });

  return {
    number: (n) => decimal.format(n),
    percent: (share) => percent.format(share),
    usd: (amount) =>
      amount > 0 && amount < 0.0001 ? `< ${small.format(0.0001)}` : (amount < 1 ? small : cents).format(amount),
    elapsed: (time) => (time < 1_000 ? ms.format(Math.round(time)) : tenths.format(time / 1_000)),
    remaining: (time) => {
      const left = Math.max(0, Math.ceil(time / 1_000));
      if (left < 60) return seconds.format(left);
      return `${minutes.format(Math.floor(left / 60))} ${seconds.format(left % 60)}`;
    },
    ago: (then, now) => {
      const passed = now - Date.parse(then);
      if (!Number.isFinite(passed)) return "";
      if (passed < minute) return relative.format(0, "second");
      if (passed < hour) return relative.format(-Math.floor(passed / minute), "minute");
      if (passed < day) return relative.format(-Math.floor(passed / hour), "hour");
      if (passed < 7 * day) return relative.format(-Math.floor(passed / day), "day");
      return date.format(new Date(then));
    },
  };
}

function knownLocale(language: string): string {
  try {
    return Intl.NumberFormat.supportedLocalesOf(language)[0] ?? "en";
  } catch {
    return "en"; // Not a language tag at all.
  }
}
