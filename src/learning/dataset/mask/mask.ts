/**
 * Takes personal data out of texts and JSON values: what is found becomes `<kind:8 hex digits>`, the same value always
 * the same one. No list of patterns finds everything: see docs/datasets.md.
 */
import type { JsonValue } from "../../../contract/wire.ts";
import { isPhoneField, maskEmails, maskIps, maskPhones } from "./contacts.ts";
import { maskCards, maskIbans, maskNationalIds } from "./numbers.ts";
import type { NameOf } from "./replace.ts";
import { isSecretName, maskCredentials, maskNamedSecrets, maskPrivateKeys, maskTokens } from "./secrets.ts";

export function maskText(text: string, nameOf: NameOf): string {
  const seen = survey(text);
  let masked = text;
  if (seen.dashes) masked = maskPrivateKeys(masked, nameOf);
  if (seen.at && seen.colons > 0) masked = maskCredentials(masked, nameOf);
  if ((seen.assigns || seen.run >= 8) && secretWord.test(masked)) masked = maskNamedSecrets(masked, nameOf);
  if (seen.run >= 16) masked = maskTokens(masked, nameOf);
  if (seen.at) masked = maskEmails(masked, nameOf);
  if (seen.digits >= 8) masked = maskIbans(masked, nameOf);
  if (seen.digits >= 13) masked = maskCards(masked, nameOf);
  if (seen.digits >= 6) masked = maskNationalIds(masked, nameOf);
  if (seen.digits >= 7) masked = maskPhones(masked, nameOf);
  if (seen.dots >= 3 || seen.colons >= 2) masked = maskIps(masked, nameOf);
  return masked;
}

/**
 * Masks the strings in a JSON text; names of fields, numbers and the shape stay.
 * @returns the same text where nothing in it could be personal data
 */
export function maskJson(json: string, nameOf: NameOf): string {
  if (isPlain(json)) return json;
  const value = JSON.parse(json) as JsonValue;
  const masked = maskValue(value, "", nameOf);
  return masked === value ? json : JSON.stringify(masked);
}

/** Gives the very same value where nothing in it was masked. */
function maskValue(value: JsonValue, name: string, nameOf: NameOf): JsonValue {
  if (typeof value === "string") return maskString(value, name, nameOf);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) {
    const items = value.map((item) => maskValue(item, name, nameOf));
    return items.some((item, at) => item !== value[at]) ? items : value;
  }
  let changed = false;
  const entries = Object.entries(value).map(([key, inner]): [string, JsonValue] => {
    const masked = maskValue(inner, key, nameOf);
    changed ||= masked !== inner;
    return [key, masked];
  });
  return changed ? Object.fromEntries(entries) : value;
}

function maskString(text: string, name: string, nameOf: NameOf): string {
  const secret = name && text ? isSecretName(name, text) : undefined;
  if (secret) return nameOf(secret, text);
  if (name && isPhoneField(name, text)) return nameOf("phone", text.replaceAll(/\D/g, ""));
  return maskText(text, nameOf);
}

const secretWord = /pass|pwd|secret|token|key|bearer|basic|비밀번호|암호/i;
const secretField = /pass|pwd|secret|token|key|auth|credential|비밀번호|암호/i;

/** Whether nothing could be found in a JSON text, as it stands: true of most, and they are not parsed. */
function isPlain(json: string): boolean {
  const { digits, at, run, dashes, colons, dots } = survey(json);
  if (digits >= 6 || at || run >= 16 || dashes || dots >= 3) return false;
  // An escape may hide anything. What has fields has colons; two make an IPv6 address only with digits, or none at all.
  if (json.includes("\\")) return false;
  return colons === 0
    ? !secretWord.test(json)
    : !secretField.test(json) && !secretWord.test(json) && !json.includes("::");
}

interface Survey {
  readonly digits: number;
  readonly dots: number;
  readonly colons: number;
  readonly at: boolean;
  /** `:` or `=`. */
  readonly assigns: boolean;
  readonly dashes: boolean;
  /** Longest run of characters that a key is made of. */
  readonly run: number;
}

/** What a text is made of, in one pass: most patterns need not be tried on most texts. */
function survey(text: string): Survey {
  let digits = 0;
  let dots = 0;
  let colons = 0;
  let equals = 0;
  let ats = 0;
  let run = 0;
  let longest = 0;
  for (let i = 0; i < text.length; i++) {
    const code = text.charCodeAt(i);
    if (code >= 0x30 && code <= 0x39) {
      digits++;
      run++;
      continue;
    }
    // Letters, _ . ~ + -
    if (
      (code >= 0x61 && code <= 0x7a) ||
      (code >= 0x41 && code <= 0x5a) ||
      code === 0x5f ||
      code === 0x2d ||
      code === 0x2b ||
      code === 0x7e
    ) {
      run++;
      continue;
    }
    if (code === 0x2e) {
      dots++;
      run++;
      continue;
    }
    if (run > longest) longest = run;
    run = 0;
    if (code === 0x40) ats++;
    else if (code === 0x3a) colons++;
    else if (code === 0x3d) equals++;
  }
  longest = Math.max(longest, run);
  const dashes = longest >= 5 && text.includes("-----BEGIN ");
  return { digits, dots, colons, at: ats > 0, assigns: colons + equals > 0, dashes, run: longest };
}
