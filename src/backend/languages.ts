/** Which language a caller wants to be answered in, and its words. */
import type { IncomingMessage } from "node:http";
import accepts from "accepts";
import korean from "../../l10n/bundle.l10n.ko.json" with { type: "json" };
import type { Catalogue } from "../contract/say.ts";

/** Language → the translations of what this backend says. English needs none. */
const catalogues: Readonly<Record<string, Catalogue>> = { en: {}, ko: korean };
const languages = Object.keys(catalogues);

/** The words for `Accept-Language`; English where the caller wants none of ours, or does not say. */
export function wordsFor(req: IncomingMessage): Catalogue {
  if (req.headers["accept-language"] === undefined) return {};
  const wanted = accepts(req).language(languages);
  return (wanted && catalogues[wanted]) || {};
}
