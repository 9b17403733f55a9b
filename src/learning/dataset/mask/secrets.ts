/** Keys, tokens and passwords: by known prefixes, by what stands before them, and by how random they look. */
import { type Found, type NameOf, replaceFound } from "./replace.ts";

/** Name and password inside an address. */
const credentials = /(?<=:\/\/)[^\s/@":]{0,128}:[^\s/"]{1,256}@(?=[\w[])/g;
const authorization = /(?<!\w)(?:bearer|basic)\s{1,3}([\w.~+/=-]{8,4096})/gi;
const assignment =
  /(?<![<\w-])[\w-]{0,40}?(pass(?:word|wd|phrase|code)|pwd|secret|api[_-]?key|access[_-]?key|private[_-]?key|token|비밀번호|암호)["']?\s{0,3}([:=])\s{0,3}["']?([^\s"',;&<>]{6,256})/gi;
const token = /[\w.~+-]{16,}/g;

/** How the keys of well-known services begin. */
const prefixed = new RegExp(
  `^(?:${[
    "hapa_\\w{8,}",
    "(?=[\\w-]*\\d)(?:sk|pk|rk)[-_][\\w-]{16,}",
    "key-[0-9a-f]{16,}",
    "gh[pousr]_[A-Za-z0-9]{20,}",
    "github_pat_\\w{20,}",
    "gl(?:pat|dt|rt|cbt|ptt|soat)-[\\w.-]{16,}",
    "xox[abeoprs]-[\\w-]{10,}",
    "xapp-[\\w-]{10,}",
    "(?:AKIA|ASIA|AGPA|AIDA|AROA|ABIA|ACCA)[A-Z0-9]{12,}",
    "AIza[\\w-]{30,}",
    "ya29\\.[\\w-]{16,}",
    "GOCSPX-[\\w-]{16,}",
    "npm_[A-Za-z0-9]{30,}",
    "pypi-[\\w-]{16,}",
    "(?:hf|r8)_[A-Za-z0-9]{20,}",
    "SG\\.[\\w-]{10,}\\.[\\w-]{10,}",
    "do[op]_v1_\\w{20,}",
    "shp(?:at|ca|pa|ss)_\\w{16,}",
    "sq0[a-z]{3}-[\\w-]{16,}",
    "dckr_pat_[\\w-]{16,}",
    "(?:lin_api|ntn|figd)_[A-Za-z0-9-]{20,}",
    "dapi[0-9a-f]{32}",
    "eyJ[\\w-]{8,}\\.[\\w-]{8,}",
  ].join("|")})`,
);
/** `exec_01J8…`: an id tells its kind in front, as few unknown keys do. */
const idPrefix = /^[a-z]{2,8}_/;
const uuid = /^[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}$/i;
/** Bits of a character: words and names stay below, random letters and digits of this length are above. */
const leastEntropy = 3.9;
const leastRandomLength = 20;
/** Of a token, what is looked at to tell whether it is random. */
const looked = 256;

export function maskPrivateKeys(text: string, nameOf: NameOf): string {
  let done = "";
  let from = 0;
  for (;;) {
    const start = text.indexOf("-----BEGIN ", from);
    if (start < 0) return from === 0 ? text : done + text.slice(from);
    const head = text.indexOf("-----", start + 11);
    const isPrivate = head > 0 && head - start < 60 && text.slice(start, head).endsWith("PRIVATE KEY");
    if (!isPrivate) {
      done += text.slice(from, start + 11);
      from = start + 11;
      continue;
    }
    const foot = text.indexOf("-----END", head);
    // One that was cut off is masked to the end.
    const close = foot < 0 ? -1 : text.indexOf("-----", foot + 8);
    const end = close < 0 ? text.length : close + 5;
    done += text.slice(from, start) + nameOf("key", text.slice(start, end));
    from = end;
  }
}

export function maskCredentials(text: string, nameOf: NameOf): string {
  return replaceFound(
    text,
    credentials,
    ({ index, 0: all }) => ({ kind: "password", value: all.slice(0, -1), end: index + all.length - 1 }),
    nameOf,
  );
}

/** `Authorization: Bearer …`, `password=…`, `"api_key": "…"`. */
export function maskNamedSecrets(text: string, nameOf: NameOf): string {
  const bearers = replaceFound(
    text,
    authorization,
    ({ index, 0: all, 1: value = "" }): Found | undefined =>
      /\d/.test(value) || value.length >= 20
        ? { kind: "key", value, start: index + all.length - value.length }
        : undefined,
    nameOf,
  );
  return replaceFound(
    bearers,
    assignment,
    ({ index, 0: all, 1: name = "", 2: sign, 3: value = "" }): Found | undefined => {
      // "password: required" is a sentence, "password: hunter2" is not.
      if (sign === ":" && !/[\d!#$%^*+?@~]/.test(value)) return undefined;
      if (value.startsWith("//")) return undefined;
      const kind = /^(?:pass|pwd|비밀번호|암호)/i.test(name) ? "password" : "key";
      return { kind, value, start: index + all.length - value.length };
    },
    nameOf,
  );
}

/** Anything that begins like a key of a known service, or is as random as one. */
export function maskTokens(text: string, nameOf: NameOf): string {
  return replaceFound(
    text,
    token,
    ({ index, 0: all }): Found | null => {
      const value = all.replace(/^[.~+-]+/, "").replace(/(?<![.~+-])[.~+-]+$/, "");
      const start = index + all.indexOf(value);
      const isKey = prefixed.test(value) || value.replace(idPrefix, "").split(".").some(isRandom);
      return isKey ? { kind: "key", value, start, end: start + value.length } : null;
    },
    nameOf,
  );
}

/** Whether the name of a field says that its text is a secret. */
export function isSecretName(name: string, value: string): "password" | "key" | undefined {
  const plain = name.toLowerCase().replaceAll(/[_\s-]/g, "");
  if (/(?:password|passwd|passphrase|passcode|pwd|비밀번호)$/.test(plain)) return "password";
  if (!/(?:secret|token|apikey|accesskey|privatekey|secretkey|authorization|credentials?)$/.test(plain))
    return undefined;
  // "token" is also a word of a text.
  return value.length >= 8 && /\d/.test(value) ? "key" : undefined;
}

function isRandom(text: string): boolean {
  if (text.length < leastRandomLength || uuid.test(text)) return false;
  const sample = text.slice(0, looked);
  if (/^[0-9a-f]{32,}$/i.test(sample)) return /\d/.test(sample) && /[a-f]/i.test(sample);
  const digits = sample.match(/\d/g)?.length ?? 0;
  if (digits < 2 || !/[a-z]/.test(sample) || !/[A-Z]/.test(sample)) return false;
  // Names put together from words change their kind of letter seldom; a random text at every second or third character.
  const changes = sample.match(/[a-z](?=[A-Z\d])|[A-Z](?=\d)|\d(?=[A-Za-z])/g)?.length ?? 0;
  return changes / sample.length > 0.3 && entropy(sample) >= leastEntropy;
}

/** Shannon's, in bits for a character. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  let bits = 0;
  for (const n of counts.values()) bits -= (n / text.length) * Math.log2(n / text.length);
  return bits;
}
