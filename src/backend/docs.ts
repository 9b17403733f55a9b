/** The API as one plain page: no script, readable by screen reader and in both colour schemes. */
import type { OpenApi } from "./openapi.ts";

export type DocsPage = string;

export function docsPage(document: OpenApi): DocsPage {
  const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
    Object.entries(methods).map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  const sections = operations.map(({ path, method, operation }) => {
    const body = operation["requestBody"] as { content: Record<string, { schema: unknown }> } | undefined;
    const responses = operation["responses"] as Record<string, { content?: Record<string, { schema: unknown }> }>;
    const [status, answer] = Object.entries(responses)[0] ?? ["200", {}];
    const schema = answer.content?.["application/json"]?.schema;
    return `<section id="${operation.operationId}">
<h2><code>${method} ${escapeHtml(path)}</code></h2>
<p>${escapeHtml(operation.summary)}. Permission: <strong>${operation["x-permission"]}</strong>.</p>
${body ? details("Body", body.content["application/json"]?.schema) : ""}
${schema ? details(`Answer (${status})`, schema) : ""}
</section>`;
  });
  const links = operations
    .map(
      ({ path, method, operation }) =>
        `<li><a href="#${operation.operationId}"><code>${method} ${escapeHtml(path)}</code></a></li>`,
    )
    .join("\n");
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>HAPA API ${escapeHtml(document.info.version)}</title>
<style>
:root { color-scheme: light dark; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; }
h2 { margin-top: 2.5rem; font-size: 1.1rem; }
ul { columns: 22rem; list-style: none; padding: 0; }
pre { overflow: auto; padding: .75rem; border: 1px solid #8886; border-radius: 4px; font-size: .85rem; }
summary { cursor: pointer; }
</style></head><body>
<h1>HAPA API ${escapeHtml(document.info.version)}</h1>
<p>${escapeHtml(document.info.description)} Send the key in <code>X-API-Key</code>. The same as
<a href="/openapi.json">OpenAPI 3.1</a>. Every error is
<code>{"error": {"code", "message", "details?", "request_id"}}</code>.</p>
<nav aria-label="Routes"><ul>${links}</ul></nav>
${sections.join("\n")}
</body></html>`;
}

function details(title: string, schema: unknown): string {
  return `<details><summary>${title}</summary><pre>${escapeHtml(JSON.stringify(schema, null, 2))}</pre></details>`;
}

function escapeHtml(text: string): string {
  return text.replace(
    /[&<>"]/g,
    (character) => ({ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" })[character] ?? "",
  );
}
