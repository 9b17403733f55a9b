/** Where somebody can be reached: e-mail, phone, IP addresses. */
import { isIPv6 } from "node:net";
import { type Found, type NameOf, replaceFound } from "./replace.ts";

const longestLocal = 64;
const longestDomain = 253;

/**
 * Goes out from each @ to both sides, over no character twice. Letters of other scripts count where the part next to
 * the @ is of them, so that a particle written on to an address (`ada@x.org로`) does not make it another one.
 */
export function maskEmails(text: string, nameOf: NameOf): string {
  let done = "";
  let from = 0;
  for (let at = text.indexOf("@"); at >= 0; at = text.indexOf("@", at + 1)) {
    const start = localStart(text, at, from);
    const end = start < at ? domainEnd(text, at + 1) : at;
    if (end === at) continue;
    done += text.slice(from, start) + nameOf("email", text.slice(start, end).toLowerCase());
    from = end;
    at = end - 1;
  }
  return from === 0 ? text : done + text.slice(from);
}

function localStart(text: string, at: number, from: number): number {
  const least = Math.max(from, at - longestLocal);
  const ascii = (text.charCodeAt(at - 1) || 0) < 128;
  let start = at;
  while (start > least && isLocal(text.charCodeAt(start - 1), ascii)) start--;
  // A dot, a quote or a dash before it belongs to the sentence.
  while (start < at && !isWord(text.charCodeAt(start))) start++;
  return start;
}

/** Where the domain that starts here ends; one before its start where there is none. */
function domainEnd(text: string, start: number): number {
  const ascii = (text.charCodeAt(start) || 0) < 128;
  const most = Math.min(text.length, start + longestDomain);
  let end = start;
  let lastDot = -1;
  for (; end < most; end++) {
    const code = text.charCodeAt(end);
    if (code === dot) {
      if (end === start || end === lastDot + 1) break;
      lastDot = end;
    } else if (!(code === dash || (isWord(code) && code !== underscore && (code < 128 || !ascii)))) break;
  }
  if (end === lastDot + 1) {
    // The dot of a sentence's end.
    end = lastDot;
    lastDot = text.lastIndexOf(".", end - 1);
  }
  const top = text.slice(lastDot + 1, end);
  const isTop = /^(?:[a-z]{2,63}|xn--[a-z0-9-]{1,59}|\P{ASCII}{2,63})$/iu.test(top);
  return lastDot > start && isTop ? end : start - 1;
}

const dot = 0x2e;
const dash = 0x2d;
const underscore = 0x5f;

function isWord(code: number): boolean {
  // What is no letter above ASCII (、 and the like) seldom stands in an address's way.
  return (
    (code >= 0x30 && code <= 0x39) ||
    (code >= 0x41 && code <= 0x5a) ||
    (code >= 0x61 && code <= 0x7a) ||
    code === underscore ||
    (code >= 0xc0 && !(code >= 0x2000 && code <= 0x303f) && !(code >= 0xff00 && code <= 0xff0f))
  );
}

function isLocal(code: number, ascii: boolean): boolean {
  if (code >= 128) return !ascii && isWord(code);
  // . % + - '
  return isWord(code) || code === dot || code === 0x25 || code === 0x2b || code === dash || code === 0x27;
}

const beforePhone = String.raw`(?<![\w+/-]|\d[.,])`;
const afterPhone = String.raw`(?!\w|[-.,/]\d)`;
/** International with + (E.164) or 00, North America, and numbers that begin with 0 as most countries write them. */
const phones: readonly RegExp[] = [
  String.raw`(?:\+|(?<!\d )00(?=[1-9]\d{0,2}[ -]))[1-9]\d{0,2}[ .-]?(?:\(\d{1,4}\)[ .-]?)?\d(?:[ .\-/]?\d){5,12}`,
  String.raw`(?:1[-. ])?(?:\([2-9]\d{2}\) ?|[2-9]\d{2}[-. ])[2-9]\d{2}[-. ]\d{4}`,
  String.raw`\(?0[1-9]\d{0,3}[-. )]{1,2}\d{2,4}[-. ]\d{4}`,
  // United Kingdom; Korean mobiles; France.
  String.raw`0[1237]\d{3} \d{6}|0[1237]\d{2,3} \d{3} \d{3,4}`,
  String.raw`01[016-9]\d{7,8}`,
  String.raw`0[1-9](?:[ .-]\d{2}){4}`,
].map((body) => new RegExp(`${beforePhone}(?:${body})${afterPhone}`, "g"));
/** Digits behind a word for a phone. */
const namedPhone =
  /(?<![<\w])(?:tel(?:ephone)?|phone|mobile|cell|fax|전화(?:번호)?|휴대폰|휴대전화|핸드폰|연락처)[\s.:#=-]{0,3}(\+?[\d(][\d ()./-]{5,20}\d)(?!\d)/gi;
const date = /^(?:\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{4})/;

export function maskPhones(text: string, nameOf: NameOf): string {
  let masked = replaceFound(
    text,
    namedPhone,
    ({ index, 0: all, 1: number = "" }) => asPhone(number, 7, { start: index + all.length - number.length }),
    nameOf,
  );
  for (const pattern of phones) masked = replaceFound(masked, pattern, ({ 0: all }) => asPhone(all, 8), nameOf);
  return masked;
}

/** Whether the name of a field says that its text is a phone number, and it may be one. */
export function isPhoneField(name: string, value: string): boolean {
  return (
    /(?:^|[_-])(?:tel|telephone|phone|mobile|cell|fax)(?:_?(?:no|number))?$|(?:Phone|Mobile|Fax)(?:No|Number)?$|전화|휴대폰|연락처/i.test(
      name,
    ) &&
    /^[\d ().+/-]{7,25}$/.test(value) &&
    asPhone(value, 7) !== undefined
  );
}

function asPhone(text: string, least: number, place: { start?: number } = {}): Found | undefined {
  const digits = text.replaceAll(/\D/g, "");
  if (digits.length < least || digits.length > 15 || date.test(text)) return undefined;
  // An amount: +1234567.89
  if (/^\+\d+\.\d{1,2}$/.test(text)) return undefined;
  return { kind: "phone", value: digits, ...place };
}

const octet = String.raw`(?:25[0-5]|2[0-4]\d|1\d\d|[1-9]?\d)`;
const ipv4 = new RegExp(String.raw`(?<![\w.-])(?:${octet}\.){3}${octet}(?!\w|\.\d|-[A-Za-z])`, "g");
const ipv6 = /(?<![\w:.])[0-9a-f]{2,4}:[0-9a-f:.]{1,41}(?![\w:])/gi;
/** Global unicast, unique local, link local, multicast: `std::add` and `12:30:00` are nothing of these. */
const ipv6Prefix = /^(?:[23][0-9a-f]{3}|f[cd][0-9a-f]{2}|fe[89ab][0-9a-f]|ff[0-9a-f]{2}):/i;

export function maskIps(text: string, nameOf: NameOf): string {
  const masked = replaceFound(
    text,
    ipv4,
    ({ index, 0: value }): Found | undefined => {
      // Of every machine, or a mask: nobody's.
      if (/^(?:0\.0\.0\.0|127\..*|255\.255\.255\..*|255\.255\.0\.0)$/.test(value)) return undefined;
      const before = text.slice(Math.max(0, index - 14), index);
      return /(?:version|ver\.?|release|build|=)[\s:]{0,3}$/i.test(before) ? undefined : { kind: "ip", value };
    },
    nameOf,
  );
  return replaceFound(
    masked,
    ipv6,
    ({ index, 0: all }): Found | undefined => {
      const value = all.replace(/[.:]$/, "");
      return ipv6Prefix.test(value) && isIPv6(value)
        ? { kind: "ip", value: value.toLowerCase(), end: index + value.length }
        : undefined;
    },
    nameOf,
  );
}
