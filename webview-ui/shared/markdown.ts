/**
 * Markdown and code to HTML that is safe to show: model output is hostile text. Raw HTML is escaped, images are never
 * loaded, only http(s) addresses become links, and DOMPurify has the last word over everything.
 */
import createPurifier, { type Config } from "dompurify";
import type { HLJSApi } from "highlight.js";
import hljs from "highlight.js/lib/core";
import bash from "highlight.js/lib/languages/bash";
import javascript from "highlight.js/lib/languages/javascript";
import json from "highlight.js/lib/languages/json";
import python from "highlight.js/lib/languages/python";
import typescript from "highlight.js/lib/languages/typescript";
import MarkdownIt, { type Token } from "markdown-it";
import { strings } from "./strings.ts";

/** A top-level block of a text: a paragraph, a list, a piece of fenced code … */
export interface Block {
  readonly source: string;
  /** How many pieces of fenced code it holds; usually one or none. */
  readonly fences: number;
  /** Fenced code whose end has not come. */
  readonly openFence: boolean;
}

/** A text cut into its top-level blocks. */
export interface Blocks {
  readonly text: string;
  readonly blocks: readonly Block[];
}

export interface MarkdownRenderer {
  /**
   * Cuts markdown into its top-level blocks, in order. While a text grows at its end, all blocks but the last stay as
   * they are: with `before`, the cut of an earlier state of the same text, only what is new is read, and a view keyed
   * by blocks renders only what changed.
   */
  split(markdown: string, before?: Blocks | null): Blocks;
  /** Safe HTML of one block (or of a whole text). */
  html(markdown: string): string;
  /** Safe HTML of highlighted code with its Copy, Insert and Open buttons. */
  code(code: string, language: string): string;
}

/** Longer code is shown plain: highlighting it again on each frame would be felt. */
const maxHighlighted = 60_000;

const allowed: Config = {
  ALLOWED_TAGS: (
    "a b blockquote br button code del div em h1 h2 h3 h4 h5 h6 hr i li ol p pre s span strong sub sup " +
    "table tbody td th thead tr ul"
  ).split(" "),
  ALLOWED_ATTR: "aria-label class data-action data-language href role start tabindex title type".split(" "),
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  // These hold words, not addresses: without this their values would have to look like one.
  ADD_URI_SAFE_ATTR: ["aria-label", "data-action", "data-language", "role", "start", "tabindex", "type"],
  ALLOWED_URI_REGEXP: /^https?:\/\//i,
};

/** Makes a renderer over the page's own `window` (DOMPurify needs a DOM). */
export function createMarkdownRenderer(view: Window & typeof globalThis): MarkdownRenderer {
  const purifier = createPurifier(view);
  const highlighter = createHighlighter();
  const md = new MarkdownIt({ html: false, linkify: false, typographer: false });
  const { escapeHtml } = md.utils;
  // Once: reading the configuration takes longer than cleaning a paragraph.
  purifier.setConfig(allowed);
  const purify = (html: string): string => purifier.sanitize(html) as string;

  const codeHtml = (code: string, language: string): string => {
    const known = highlighter.getLanguage(language) !== undefined && code.length <= maxHighlighted;
    const inner = known ? highlighter.highlight(code, { language, ignoreIllegals: true }).value : escapeHtml(code);
    const name = escapeHtml(language === "" ? strings.code : strings.codeIn(language));
    return (
      // Reached by keyboard, because it scrolls.
      `<div class="code-block"><pre tabindex="0" role="group" aria-label="${name}"><code class="hljs">${inner}</code></pre>` +
      `<div class="code-actions" data-language="${escapeHtml(language)}"><span class="code-language">${escapeHtml(language)}</span>` +
      action("copyCode", "copy", strings.copy, strings.copyLabel) +
      action("insertCode", "insert", strings.insert, strings.insertLabel) +
      action("openCode", "go-to-file", strings.open, strings.openLabel) +
      "</div></div>"
    );
  };
  const action = (name: string, icon: string, label: string, title: string): string =>
    `<button type="button" class="code-action" data-action="${name}" title="${escapeHtml(title)}" aria-label="${escapeHtml(title)}">` +
    `<span class="codicon codicon-${icon}"></span><span class="code-action-label">${escapeHtml(label)}</span></button>`;

  // Anything but http(s) stays as it was written: text with its address.
  md.validateLink = (address) => /^https?:\/\//i.test(address.trim());
  md.renderer.rules["fence"] = (tokens, index) => {
    const token = at(tokens, index);
    return codeHtml(withoutLastBreak(token.content), languageOf(token.info));
  };
  md.renderer.rules["code_block"] = (tokens, index) => codeHtml(withoutLastBreak(at(tokens, index).content), "");
  md.renderer.rules["image"] = (tokens, index) => {
    const token = at(tokens, index);
    return `<span class="image-address">[${escapeHtml(strings.image)}: ${escapeHtml(token.content)} ${escapeHtml(String(token.attrGet("src") ?? ""))}]</span>`;
  };
  md.renderer.rules["link_open"] = (tokens, index, options, _env, self) => {
    const token = at(tokens, index);
    token.attrSet("title", String(token.attrGet("href") ?? ""));
    return self.renderToken(tokens, index, options);
  };
  md.renderer.rules["link_close"] = (tokens, index) => {
    const address = openingAddress(tokens, index);
    const text = at(tokens, index - 1).content;
    return `</a>${address === text ? "" : `<span class="link-address"> (${escapeHtml(address)})</span>`}`;
  };

  const blocksOf = (source: string): Block[] => {
    const tokens: Token[] = [];
    md.block.parse(source, md, {}, tokens);
    const lines = source.split("\n");
    const tops = tokens.flatMap((token, i) =>
      token.level === 0 && token.nesting >= 0 && token.map !== null ? [{ token, i, line: token.map[0] }] : [],
    );
    return tops.map(({ token, i, line }, position) => {
      const next = tops[position + 1];
      const text = lines.slice(position === 0 ? 0 : line, next?.line).join("\n");
      const fences = tokens.slice(i, next?.i).filter(({ type }) => type === "fence").length;
      return { source: next === undefined ? text : `${text}\n`, fences, openFence: isOpenFence(token, text) };
    });
  };

  return {
    split: (markdown, before) => {
      const text = markdown.includes("\r") ? markdown.replace(/\r\n?/g, "\n") : markdown;
      if (!before || before.blocks.length === 0 || !text.startsWith(before.text))
        return { text, blocks: blocksOf(text) };
      if (text.length === before.text.length) return before;
      const settled = before.blocks.slice(0, -1);
      const open = settled.reduce((length, { source }) => length + source.length, 0);
      return { text, blocks: [...settled, ...blocksOf(text.slice(open))] };
    },
    html: (markdown) => purify(md.render(markdown)),
    code: (code, language) => purify(codeHtml(code, language)),
  };
}

function createHighlighter(): HLJSApi {
  const own = hljs.newInstance();
  for (const [name, language] of Object.entries({ bash, javascript, json, python, typescript })) {
    own.registerLanguage(name, language);
  }
  return own;
}

/** `token` begins the block whose source is `text`. */
function isOpenFence({ type, markup }: Token, text: string): boolean {
  if (type !== "fence") return false;
  const lines = text.trimEnd().split("\n");
  const last = lines.at(-1)?.trim() ?? "";
  return lines.length < 2 || !(last.startsWith(markup) && /^(`+|~+)$/.test(last));
}

/** First word of a fence's info string, cut to what a language name may hold. */
function languageOf(info: string): string {
  return /^[\w+#.-]{1,30}/.exec(info.trim())?.[0].toLowerCase() ?? "";
}

function withoutLastBreak(code: string): string {
  return code.endsWith("\n") ? code.slice(0, -1) : code;
}

function openingAddress(tokens: readonly Token[], close: number): string {
  const open = tokens.slice(0, close).findLast((token) => token.type === "link_open");
  return String(open?.attrGet("href") ?? "");
}

/** markdown-it calls a rule only with the position of a token it has. */
function at(tokens: readonly Token[], index: number): Token {
  const token = tokens[index];
  if (token === undefined) throw new RangeError(`no token at ${index}`);
  return token;
}
