/** What is seen in VS Code's window, as scripts for the page. */

/** In the page: the first lines of text that the editor in front shows, in the order of their places; no ghosts. */
export const topLines = `(count) => {
  const editor = [...document.querySelectorAll(".editor-instance")].at(-1);
  const lines = editor?.querySelectorAll(".lines-content > .view-lines > .view-line") ?? [];
  return [...lines]
    .sort((a, b) => parseFloat(a.style.top) - parseFloat(b.style.top))
    .slice(0, count)
    .map(({ textContent }) => textContent.replaceAll("\\u00a0", " "));
}`;

/** In the page: what stands beside lines of the diff's right side, which is no text of the page. */
export const hintsShown = `[...document.querySelectorAll(".monaco-diff-editor .editor.modified .view-line span")]
  .map((piece) => getComputedStyle(piece, "::after").content)`;

/** In the page: what stands in the box. */
export const boxValue = `document.querySelector(".quick-input-widget .quick-input-box input")?.value`;
