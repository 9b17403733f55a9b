/**
 * Words for a person that stay apart from what goes into them until it is known in which language they are to be said.
 *
 * say`The model ${name} did not answer: ${why}.` keeps "The model {0} did not answer: {1}." and the two arguments. The
 * template is the key of its translation, in the form of VS Code's l10n bundles, so that the extension, the backend and
 * the panel share one catalogue for a language.
 */
export interface Said {
  /** English, with {0}, {1} … where the arguments go. */
  readonly template: string;
  readonly args: readonly Word[];
}

/** What may stand in a sentence; a part that is words of its own is translated too. */
export type Word = string | number | Said;

/** English template → its translation, with the same placeholders in whatever order. */
export type Catalogue = Readonly<Record<string, string>>;

export function say(parts: TemplateStringsArray, ...args: readonly Word[]): Said {
  // Cooked text: a broken escape cannot be written in a tag that TypeScript accepts here.
  const template = parts.reduce((text, part, at) => `${text}{${at - 1}}${part}`);
  return { template, args };
}

/** Words that are in the person's language already: another program's message. */
export function verbatim(text: string): Said {
  return { template: "{0}", args: [text] };
}

/** Words one after the other, each translated by itself. */
export function joined(words: readonly Word[], separator: string): Said {
  return { template: words.map((_, at) => `{${at}}`).join(separator), args: words };
}

/** As text in a database, to be said later in whoever's language. */
export function saidToText(said: Said): string {
  return JSON.stringify(said);
}

/** What `saidToText` gave; any other text is taken as it is. */
export function saidFromText(text: string): Said {
  if (!text.startsWith('{"template":')) return verbatim(text);
  try {
    const said = JSON.parse(text) as Partial<Said>;
    if (typeof said.template === "string" && Array.isArray(said.args))
      return { template: said.template, args: said.args };
  } catch {
    // Somebody's own words, which only begin like it.
  }
  return verbatim(text);
}

/** In the catalogue's language, in English where it has no such words or there is no catalogue. */
export function spoken({ template, args }: Said, catalogue: Catalogue = {}): string {
  const text = Object.hasOwn(catalogue, template) ? (catalogue[template] ?? template) : template;
  return text.replace(/\{(\d+)\}/g, (placeholder, at: string) => {
    const word = args[Number(at)];
    if (word === undefined) return placeholder;
    return typeof word === "object" ? spoken(word, catalogue) : String(word);
  });
}
