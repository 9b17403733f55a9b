/** Numbers that name a person or an account, told from others by their check digits. */
import { type Found, type NameOf, replaceFound } from "./replace.ts";

const digitsOf = (text: string): string => text.replaceAll(/\D/g, "");

/** Lengths by country, of the SWIFT registry of IBANs. */
const ibanLengths = new Map(
  (
    "AD24 AE23 AL28 AT20 AZ28 BA20 BE16 BG22 BH22 BI27 BR29 BY28 CH21 CR22 CY28 CZ24 DE22 DJ27 DK18 DO28 EE20 EG29 ES24 " +
    "FI18 FK18 FO18 FR27 GB22 GE22 GI23 GL18 GR27 GT28 HN28 HR21 HU28 IE22 IL23 IQ23 IS26 IT27 JO30 KW30 KZ20 LB28 LC32 " +
    "LI21 LT20 LU20 LV21 LY25 MC27 MD24 ME22 MK19 MN20 MR27 MT31 MU30 NI28 NL18 NO15 OM23 PK24 PL28 PS29 PT25 QA29 RO24 " +
    "RS22 RU33 SA24 SC31 SD18 SE24 SI19 SK24 SM27 SO23 ST25 SV28 TL23 TN24 TR26 UA29 VA22 VG24 XK20 YE30"
  )
    .split(" ")
    .map((entry) => [entry.slice(0, 2), Number(entry.slice(2))]),
);
const iban = /(?<![A-Za-z0-9])[A-Z]{2}\d{2}(?:[ -]?[A-Z0-9]){11,30}/g;

const card =
  /(?<![\w.]|\d[.,-])(?:\d{13,19}|\d{4}([ -])\d{4}\1\d{4}\1\d{1,7}|\d{4}([ -])\d{6}\2\d{4,5})(?!\w|[.,-]\d)/g;
/** Who issues cards (ISO/IEC 7812): first digits and lengths. A number that passes Luhn's check alone is no card yet. */
const issuers: readonly (readonly [RegExp, readonly number[]])[] = [
  [/^4/, [13, 16, 19]],
  [/^5[1-5]/, [16]],
  [/^2(?:22[1-9]|2[3-9]\d|[3-6]\d\d|7[01]\d|720)/, [16]],
  [/^3[47]/, [15]],
  [/^(?:6011|64[4-9]|65)/, [16, 19]],
  [/^35(?:2[89]|[3-8]\d)/, [16, 19]],
  [/^3(?:0[0-5]|[689])/, [14, 16]],
  [/^62/, [16, 17, 18, 19]],
  [/^(?:50(?:18|20|38)|5893|6304|6759|676[1-3])/, [13, 14, 15, 16, 17, 18, 19]],
  [/^94/, [16]],
];

/** One pattern for each country's number, and what else must hold. */
const national: readonly { kind: string; pattern: RegExp; holds: (text: string) => boolean }[] = [
  {
    // Social Security Administration: no area 000, 666 or 9xx, no group 00, no serial 0000.
    kind: "ssn",
    pattern: /(?<![\w+-]|\d[.,])(?!000|666|9)\d{3}([- ])(?!00)\d{2}\1(?!0000)\d{4}(?!\w|[-.,]\d)/g,
    holds: () => true,
  },
  { kind: "rrn", pattern: /(?<!\w|\d[.,-])\d{6}[- ]?[1-8]\d{6}(?!\w|[-.,]\d)/g, holds: isRrn },
  {
    // HMRC's NIM39110: letters that are not given out.
    kind: "nino",
    pattern: /(?<!\w)(?!BG|GB|KN|NK|NT|TN|ZZ)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]( ?)\d{2}\1\d{2}\1\d{2}\1[A-D](?!\w)/g,
    holds: () => true,
  },
  { kind: "cpf", pattern: /(?<![\w.-])\d{3}\.\d{3}\.\d{3}-\d{2}(?!\w)/g, holds: isCpf },
  { kind: "ric", pattern: /(?<![\w.-])[1-9]\d{5}(?:19|20)\d{9}[\dXx](?![\w-])/g, holds: isRic },
];

export function maskIbans(text: string, nameOf: NameOf): string {
  return replaceFound(
    text,
    iban,
    ({ index, 0: all }): Found | undefined => {
      const length = ibanLengths.get(all.slice(0, 2));
      if (length === undefined) return undefined;
      // The pattern may have run into the next word.
      let value = "";
      let at = 0;
      for (; at < all.length && value.length < length; at++) if (/[A-Z0-9]/.test(all[at] ?? "")) value += all[at];
      if (value.length < length || /[A-Za-z0-9]/.test(text[index + at] ?? "") || !isMod97(value)) return undefined;
      return { kind: "iban", value, end: index + at };
    },
    nameOf,
  );
}

export function maskCards(text: string, nameOf: NameOf): string {
  return replaceFound(
    text,
    card,
    ({ 0: all }): Found | undefined => {
      const value = digitsOf(all);
      const issued = issuers.some(([first, lengths]) => first.test(value) && lengths.includes(value.length));
      return issued && isLuhn(value) ? { kind: "card", value } : undefined;
    },
    nameOf,
  );
}

export function maskNationalIds(text: string, nameOf: NameOf): string {
  let masked = text;
  for (const { kind, pattern, holds } of national) {
    masked = replaceFound(
      masked,
      pattern,
      ({ 0: all }): Found | undefined =>
        holds(all) ? { kind, value: all.replaceAll(/[ .-]/g, "").toUpperCase() } : undefined,
      nameOf,
    );
  }
  return masked;
}

/** ISO 13616: the first four characters last, letters as 10 to 35, remainder 1 of 97. */
function isMod97(text: string): boolean {
  let rest = 0;
  for (const letter of text.slice(4) + text.slice(0, 4)) {
    const value = Number.parseInt(letter, 36);
    rest = (rest * (value > 9 ? 100 : 10) + value) % 97;
  }
  return rest === 1;
}

/** ISO/IEC 7812-1, annex B. */
function isLuhn(digits: string): boolean {
  let sum = 0;
  for (let i = 0; i < digits.length; i++) {
    const digit = Number(digits[digits.length - 1 - i]);
    const doubled = i % 2 === 1 ? digit * 2 : digit;
    sum += doubled > 9 ? doubled - 9 : doubled;
  }
  return sum % 10 === 0 && !/^(\d)\1*$/.test(digits);
}

/**
 * Korean resident registration number: date of birth, century and sex, then a check digit. Since October 2020 the last
 * six digits are random, so a number written with its dash needs no right check digit; thirteen digits in a row do.
 */
function isRrn(text: string): boolean {
  const digits = digitsOf(text);
  const century = "1256".includes(digits[6] ?? "") ? "19" : "20";
  const [year, month, day] = [century + digits.slice(0, 2), digits.slice(2, 4), digits.slice(4, 6)];
  if (!isDate(`${year}-${month}-${day}`)) return false;
  if (text.length > 13) return true;
  const weights = [2, 3, 4, 5, 6, 7, 8, 9, 2, 3, 4, 5];
  return (11 - (weighted(digits, weights) % 11)) % 10 === Number(digits[12]);
}

/** Brazil: two check digits modulo 11 (Receita Federal). */
function isCpf(text: string): boolean {
  const digits = digitsOf(text);
  const check = (count: number): number => {
    const weights = Array.from({ length: count }, (_, i) => count + 1 - i);
    return ((weighted(digits, weights) * 10) % 11) % 10;
  };
  return !/^(\d)\1*$/.test(digits) && check(9) === Number(digits[9]) && check(10) === Number(digits[10]);
}

/** Chinese resident identity card: date of birth, check character of ISO 7064 MOD 11-2 (GB 11643). */
function isRic(text: string): boolean {
  const date = `${text.slice(6, 10)}-${text.slice(10, 12)}-${text.slice(12, 14)}`;
  const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
  return isDate(date) && "10X98765432"[weighted(text, weights) % 11] === text[17]?.toUpperCase();
}

function weighted(digits: string, weights: readonly number[]): number {
  return weights.reduce((sum, weight, at) => sum + weight * Number(digits[at]), 0);
}

function isDate(text: string): boolean {
  const date = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text);
}
