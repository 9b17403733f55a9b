/**
 * Why a model did not answer, and what helps, in words: a pure function of what was seen. Used for the errors of calls,
 * by Test Connection and by the Doctor.
 */
import { type Said, say, type Word } from "../contract/say.ts";
import { isCertificateCode } from "./evidence.ts";
import { nearest } from "./nearest.ts";

/** What happened, as a word for programs. */
export type Trouble =
  | "unreachable"
  | "wrong_path"
  | "redirected"
  | "key_refused"
  | "key_missing"
  | "model_unknown"
  | "proxy_password"
  | "proxy_refused"
  | "certificate"
  | "not_secure"
  | "slow"
  | "limited"
  | "out_of_credit"
  | "failing"
  | "refused"
  | "not_compatible"
  | "broke_off"
  | "cut_off"
  | "endless";

/** What was seen of a request that failed. */
export interface Evidence {
  readonly baseUrl: string;
  /** The model that was asked; absent where only the list of models was. */
  readonly model?: string;
  readonly hasKey: boolean;
  readonly status?: number;
  /** What the other side said, without secrets. */
  readonly said?: string;
  /** The system's code: ECONNREFUSED, DEPTH_ZERO_SELF_SIGNED_CERT … */
  readonly code?: string;
  readonly retryAfterS?: number;
  /** Where a redirect leads. */
  readonly location?: string;
  readonly proxyRefused?: boolean;
  /** Seconds it said nothing. */
  readonly silentS?: number;
  /** What was wrong with the answer itself. */
  readonly form?: "not_compatible" | "broke_off" | "cut_off" | "endless" | undefined;
  /** The models the endpoint lists, where it was asked. */
  readonly listed?: readonly string[];
  /** An address nearby that answered as a model's endpoint does. */
  readonly worksAt?: string;
}

export interface Diagnosis {
  readonly trouble: Trouble;
  /** What is wrong and what to do, in whole sentences. */
  readonly message: Said;
  /** The command that helps most. */
  readonly command: "hapa.setApiKey" | "hapa.chooseModel" | "hapa.testConnection" | null;
  readonly retryAfterS?: number;
  /** Names of models near to the one that is not known, nearest first. */
  readonly nearest?: readonly string[];
  readonly worksAt?: string;
}

export function diagnose(seen: Evidence): Diagnosis {
  const where = origin(seen.baseUrl);
  const asked = seen.model === undefined ? where : say`The model ${seen.model}`;
  const tell = (
    trouble: Trouble,
    message: Said,
    command: Diagnosis["command"] = null,
    more: Partial<Diagnosis> = {},
  ): Diagnosis => ({ trouble, message, command, ...more });
  const said = seen.said ? say` It says: ${seen.said.replace(/\s+/g, " ").trim().slice(0, 200)}` : "";

  if (seen.proxyRefused || seen.status === 407)
    return tell(
      "proxy_password",
      say`${where} was not reached: the proxy wants a name and a password. Put them into the proxy's address (http://name:password@proxy:port) in VS Code's setting "http.proxy", or into HTTPS_PROXY for a server.`,
    );
  if (seen.code && isCertificateCode(seen.code)) return certificate(seen.code, where, tell);
  if (seen.code && /SSL|EPROTO/.test(seen.code))
    return tell(
      "not_secure",
      say`${where} does not speak HTTPS (${seen.code}). If it is a server of your own, try its address with http:// instead.`,
      "hapa.chooseModel",
    );
  if (seen.silentS !== undefined)
    return tell(
      "slow",
      say`${asked} said nothing for ${seen.silentS} s and was stopped. Try again, or choose another model.`,
      "hapa.chooseModel",
    );
  if (seen.form) return badAnswer(seen.form, asked, said, tell);
  if (seen.status !== undefined) return byStatus(seen, seen.status, { where, asked, said, tell });
  if (seen.code && unreachable.test(seen.code))
    return tell(
      "unreachable",
      say`${where} cannot be reached (${seen.code}). See that the server is running, that its address is right and that this computer is online.`,
      "hapa.chooseModel",
    );
  return tell("broke_off", say`The connection to ${where} broke off before the answer was whole. Ask again.${said}`);
}

type Tell = (trouble: Trouble, message: Said, command?: Diagnosis["command"], more?: Partial<Diagnosis>) => Diagnosis;

const unreachable =
  /^(ECONNREFUSED|ENOTFOUND|EAI_AGAIN|EHOSTUNREACH|ENETUNREACH|EADDRNOTAVAIL|ETIMEDOUT|UND_ERR_CONNECT_TIMEOUT)$/;

function certificate(code: string, where: Word, tell: Tell): Diagnosis {
  if (/EXPIRED|NOT_YET_VALID/.test(code))
    return tell(
      "certificate",
      say`The certificate of ${where} is out of date (${code}). See that this computer's clock is right; else its operator has to renew it.`,
    );
  if (/ALTNAME/.test(code))
    return tell(
      "certificate",
      say`The certificate of ${where} was made for another name (${code}). Use the name it was made for in the model's address.`,
      "hapa.chooseModel",
    );
  return tell(
    "certificate",
    say`The certificate of ${where} is not trusted (${code}). Add the authority that signed it to the system's certificates, or start with NODE_EXTRA_CA_CERTS naming its file. In VS Code, the setting "http.proxyStrictSSL": false accepts any certificate.`,
  );
}

function badAnswer(form: NonNullable<Evidence["form"]>, asked: Word, said: Word, tell: Tell): Diagnosis {
  switch (form) {
    case "not_compatible":
      return tell(
        "not_compatible",
        say`${asked} did not answer as an OpenAI-compatible endpoint does. See that the address is that of its API and ends with its version, such as /v1.${said}`,
        "hapa.testConnection",
      );
    case "broke_off":
      return tell("broke_off", say`${asked} did not answer to the end: its answer broke off in the middle. Ask again.`);
    case "cut_off":
      return tell(
        "cut_off",
        say`${asked} did not answer to the end: its answer was cut off at the length limit. Ask for less at once.`,
      );
    case "endless":
      return tell(
        "endless",
        say`${asked} was stopped: its answer had no end. Ask again, or choose another model.`,
        "hapa.chooseModel",
      );
  }
}

interface Parts {
  readonly where: Word;
  readonly asked: Word;
  readonly said: Word;
  readonly tell: Tell;
}

function byStatus(seen: Evidence, status: number, { where, asked, said, tell }: Parts): Diagnosis {
  if (status >= 300 && status < 400)
    return tell(
      "redirected",
      say`${where} sends on to another address${seen.location ? ` (${seen.location})` : ""}, which HAPA does not follow with your key. If that one is right, choose it as the model's address.`,
      "hapa.chooseModel",
    );
  if ((status === 401 || status === 403) && !seen.hasKey)
    return tell(
      "key_missing",
      say`${where} wants a key. Set it with the command "HAPA: Set API Key".`,
      "hapa.setApiKey",
    );
  if (status === 401 || status === 403)
    return tell(
      "key_refused",
      say`${where} refused the key. Set it with the command "HAPA: Set API Key".${said}`,
      "hapa.setApiKey",
    );
  if (status === 402)
    return tell("out_of_credit", say`${where} wants to be paid before it answers (402).${said}`, "hapa.chooseModel");
  if (seen.worksAt)
    return tell(
      "wrong_path",
      say`${where} answers, but not at ${path(seen.baseUrl)}. This address works: ${seen.worksAt}`,
      "hapa.chooseModel",
      { worksAt: seen.worksAt },
    );
  if (status === 404 || status === 405 || saysUnknown(seen)) return notFound(seen, { where, asked, said, tell });
  if (status === 429)
    return seen.retryAfterS === undefined
      ? tell("limited", say`${where} says: too many requests. Wait a minute and try again.${said}`)
      : tell("limited", say`${where} says: too many requests. Try again in ${seen.retryAfterS} s.`, null, {
          retryAfterS: seen.retryAfterS,
        });
  if (status >= 500)
    return tell(
      "failing",
      say`${where} failed (${status}). Try again later.${said}`,
      null,
      seen.retryAfterS === undefined ? {} : { retryAfterS: seen.retryAfterS },
    );
  return tell("refused", say`${asked} did not answer: ${where} refused the request (${status}).${said}`);
}

/** Some endpoints answer 400 for a model they do not have. */
function saysUnknown({ model, listed, status, said = "" }: Evidence): boolean {
  return (
    model !== undefined &&
    status === 400 &&
    (listed
      ? !listed.includes(model)
      : /model.{0,60}(not found|does not exist|unknown|not.{0,10}valid)|(unknown|invalid|no such) model/i.test(said))
  );
}

function notFound(seen: Evidence, { where, said, tell }: Parts): Diagnosis {
  const { model, listed, baseUrl } = seen;
  if (model !== undefined && listed && listed.length > 0 && !listed.includes(model)) {
    const close = nearest(model, listed);
    return tell(
      "model_unknown",
      say`${where} does not know the model ${model}. The nearest it has: ${close.join(", ")}. Choose one with "HAPA: Choose Model…".`,
      "hapa.chooseModel",
      { nearest: close },
    );
  }
  if (!/\/v\d/.test(path(baseUrl)))
    return tell(
      "wrong_path",
      say`${where} has nothing at ${path(baseUrl)} (404), or does not know the model. An address usually ends with its version: try ${baseUrl.replace(/\/+$/, "")}/v1 with "HAPA: Choose Model…".`,
      "hapa.chooseModel",
    );
  if (model === undefined)
    return tell(
      "wrong_path",
      say`${where} has no list of models at ${path(baseUrl)}/models (404). See that the address is right.`,
      "hapa.chooseModel",
    );
  return tell(
    "model_unknown",
    say`${where} does not know it: the model ${model}, or the path ${path(baseUrl)}. Choose another with "HAPA: Choose Model…".${said}`,
    "hapa.chooseModel",
  );
}

function origin(address: string): Word {
  return URL.canParse(address) ? new URL(address).origin : say`The address that is set`;
}

function path(address: string): string {
  return URL.canParse(address) ? new URL(address).pathname.replace(/(?<=.)\/+$/, "") : address;
}
