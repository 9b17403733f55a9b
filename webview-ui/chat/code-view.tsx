/** Markdown and code on the page, and what the buttons under a piece of code do. */
import { memo, type RefObject, useEffect, useMemo } from "react";
import { useServices } from "./services.ts";

/** An answer; only the blocks whose source changed are rendered again. `omitCode` is not shown twice beside its card. */
export function MarkdownView({ text, omitCode }: { readonly text: string; readonly omitCode?: string | undefined }) {
  const { renderer } = useServices();
  const blocks = useMemo(() => renderer.blocks(text), [renderer, text]);
  const shown = omitCode === undefined ? blocks : blocks.filter((block) => !isFenceOf(block, omitCode));
  if (shown.length === 0) return null;
  return (
    <div className="markdown">
      {shown.map((source, position) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: blocks only grow at the end, so a position names a block
        <MarkdownBlock key={position} source={source} />
      ))}
    </div>
  );
}

const MarkdownBlock = memo(({ source }: { readonly source: string }) => {
  const { renderer } = useServices();
  const html = useMemo(() => renderer.html(source), [renderer, source]);
  return <SafeHtml html={html} />;
});

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
export function useCodeActions(area: RefObject<HTMLElement | null>): void {
  const { panel } = useServices();
  useEffect(() => {
    const element = area.current;
    if (element === null) return;
    const onClick = (event: MouseEvent): void => {
      if (!(event.target instanceof Element)) return;
      const button = event.target.closest("button[data-action]");
      const code = button?.closest(".code-block")?.querySelector("code")?.textContent;
      if (!button || code === undefined) return;
      const language = button.closest("[data-language]")?.getAttribute("data-language") ?? "";
      const action = button.getAttribute("data-action");
      if (action === "copyCode" || action === "insertCode") panel.post({ type: action, code });
      if (action === "openCode") panel.post({ type: action, code, language });
    };
    element.addEventListener("click", onClick);
    return () => element.removeEventListener("click", onClick);
  }, [area, panel]);
}

function isFenceOf(block: string, code: string): boolean {
  return /^\s*(```|~~~)/.test(block) && block.includes(code.trim());
}
