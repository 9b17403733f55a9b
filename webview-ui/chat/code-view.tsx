/** Markdown and code on the page, and what the buttons under a piece of code do. */
import { memo, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";
import type { CodeCheck } from "../../src/contract/webview.ts";
import type { Block, Blocks } from "../shared/markdown.ts";
import { strings } from "../shared/strings.ts";
import { CheckBadge } from "./check-badge.tsx";
import { useServices } from "./services.ts";

/** Longer blocks are shown as they came: formatting them would be felt. In characters. */
const maxFormatted = 60_000;
/** The same for the block that is still growing, which is formatted again on each frame. */
const maxGrowing = 8_000;

/** So many blocks of an answer are drawn in one go. */
const blocksAtOnce = 40;
/** From here on the browser is told to lay out only what is near the window; below it would be felt in scrolling. */
const manyBlocks = 200;

interface MarkdownViewProps {
  readonly text: string;
  /** Still growing at its end. */
  readonly streaming: boolean;
  readonly checks: readonly CodeCheck[];
  /** Not shown twice beside its card. */
  readonly omitCode?: string | undefined;
}

/** An answer; only the blocks whose source changed are rendered again. */
export function MarkdownView({ text, streaming, checks, omitCode }: MarkdownViewProps) {
  const { renderer } = useServices();
  const before = useRef<Blocks | null>(null);
  const split = renderer.split(text, before.current);
  useLayoutEffect(() => {
    before.current = split;
  });
  const { blocks } = split;
  const drawn = useSteps(blocks.length);
  if (drawn === 0) return null;
  const chunks = [];
  let code = 0;
  for (let first = 0; first < drawn; first += blocksAtOnce) {
    const part = blocks.slice(first, Math.min(first + blocksAtOnce, drawn));
    const grows = streaming && first + part.length === blocks.length;
    chunks.push(<Chunk key={first} blocks={part} grows={grows} firstCode={code} checks={checks} omitCode={omitCode} />);
    code += part.reduce((sum, { fences }) => sum + fences, 0);
  }
  return <div className={blocks.length > manyBlocks ? "markdown markdown-long" : "markdown"}>{chunks}</div>;
}

interface ChunkProps {
  readonly blocks: readonly Block[];
  /** The last of them may still change. */
  readonly grows: boolean;
  /** Position in the answer of its first piece of code. */
  readonly firstCode: number;
  readonly checks: readonly CodeCheck[];
  readonly omitCode: string | undefined;
}

/** Some blocks one after the other: a long answer changes only in its last ones. */
const Chunk = memo(
  ({ blocks, grows, firstCode, checks, omitCode }: ChunkProps) => {
    let code = firstCode;
    const shown = blocks.flatMap((block, position) => {
      const first = code;
      code += block.fences;
      if (omitCode !== undefined && isFenceOf(block, omitCode)) return [];
      const found = checks.filter((check) => check.block >= first && check.block < code);
      const last = grows && position === blocks.length - 1;
      // biome-ignore lint/suspicious/noArrayIndexKey: blocks only grow at the end, so a position names a block
      return [<BlockView key={position} block={block} grows={last} checks={found.length === 0 ? none : found} />];
    });
    return shown.length === 0 ? null : <div className="chunk">{shown}</div>;
  },
  (a, b) =>
    a.grows === b.grows &&
    a.firstCode === b.firstCode &&
    a.checks === b.checks &&
    a.omitCode === b.omitCode &&
    a.blocks.length === b.blocks.length &&
    a.blocks.every((block, position) => block === b.blocks[position]),
);

const none: readonly CodeCheck[] = [];

/** How many of `count` blocks to draw now: a long answer comes in steps, a frame each, and the page stays at hand. */
function useSteps(count: number): number {
  const before = useRef(0);
  const [, step] = useState(0);
  const drawn = Math.min(count, before.current + blocksAtOnce);
  useLayoutEffect(() => {
    before.current = drawn;
    if (drawn === count) return;
    const frame = requestAnimationFrame(() => step(drawn));
    return () => cancelAnimationFrame(frame);
  }, [drawn, count]);
  return drawn;
}

interface BlockViewProps {
  readonly block: Block;
  readonly grows: boolean;
  readonly checks: readonly CodeCheck[];
}

const BlockView = memo(
  ({ block, grows, checks }: BlockViewProps) => {
    const { source, fences, openFence } = block;
    const long = source.length > (grows ? maxGrowing : maxFormatted);
    if (long && grows && openFence) return <GrowingCode source={source} />;
    // A long piece of code that is whole is shown as code all the same, without colours.
    if (long && (grows || fences === 0)) return <PlainText source={source} note={!grows} />;
    return (
      <>
        <FormattedBlock source={source} />
        {checks.map((check) => (
          <CheckBadge key={check.block} check={check} />
        ))}
      </>
    );
  },
  // Blocks are made anew by each cut of the last one: what counts is what they say.
  (a, b) =>
    a.block.source === b.block.source &&
    (a.grows === b.grows || a.block.source.length <= maxGrowing) &&
    a.checks === b.checks,
);

function FormattedBlock({ source }: { readonly source: string }) {
  const { renderer } = useServices();
  const html = useMemo(() => renderer.html(source), [renderer, source]);
  return <SafeHtml html={html} />;
}

/** Code that is still coming and already long: without colours, and only its end is drawn again. */
function GrowingCode({ source }: { readonly source: string }) {
  return (
    <div className="code-block">
      {/* biome-ignore lint/a11y/useSemanticElements: a fieldset is no place for code */}
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so it is reached by keyboard */}
      <pre tabIndex={0} role="group" aria-label={strings.code}>
        <code>
          <Lines text={source.slice(source.indexOf("\n") + 1)} />
        </code>
      </pre>
    </div>
  );
}

function PlainText({ source, note }: { readonly source: string; readonly note: boolean }) {
  return (
    <div className="plain-text">
      {note ? <p className="dim">{strings.longBlock}</p> : null}
      <Lines text={source} />
    </div>
  );
}

/** Lines in pieces that stay equal while the text grows. */
function Lines({ text }: { readonly text: string }) {
  const pieces = text.match(/(?:[^\n]*\n){1,50}|[^\n]+$/g) ?? [];
  // biome-ignore lint/suspicious/noArrayIndexKey: text only grows at its end, so a position names a piece
  return pieces.map((piece, position) => <SomeLines key={position} text={piece} />);
}

const SomeLines = memo(({ text }: { readonly text: string }) => <div>{text}</div>);

/** Highlighted code with its buttons. */
export function CodeView({ code, language }: { readonly code: string; readonly language: string }) {
  const { renderer } = useServices();
  const html = useMemo(() => renderer.code(code, language), [renderer, code, language]);
  return <SafeHtml html={html} />;
}

/** `html` must come from the renderer. */
function SafeHtml({ html }: { readonly html: string }) {
  // biome-ignore lint/security/noDangerouslySetInnerHtml: the renderer escapes, allow-lists and purifies
  return <div dangerouslySetInnerHTML={{ __html: html }} />;
}

/** Listens, on the conversation, for the buttons that the renderer puts under code. */
export function useCodeActions(element: HTMLElement | null): void {
  const { panel } = useServices();
  useEffect(() => {
    if (element === null) return;
    const onClick = (event: MouseEvent): void => {
      if (!(event.target instanceof Element)) return;
      const button = event.target.closest("button[data-action]");
      const code = button?.closest(".code-block")?.querySelector("code")?.textContent;
      if (!button || code === undefined) return;
      const language = button.closest("[data-language]")?.getAttribute("data-language") ?? "";
      const requestId = button.closest("[data-turn]")?.getAttribute("data-turn") ?? "";
      const action = button.getAttribute("data-action");
      if (action === "copyCode") panel.post({ type: action, code });
      if (action === "insertCode") panel.post({ type: action, requestId, code });
      if (action === "openCode") panel.post({ type: action, code, language });
    };
    element.addEventListener("click", onClick);
    return () => element.removeEventListener("click", onClick);
  }, [element, panel]);
}

function isFenceOf({ source, fences }: Block, code: string): boolean {
  return fences === 1 && /^\s*(```|~~~)/.test(source) && source.includes(code.trim());
}
