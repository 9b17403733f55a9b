/** What validation said about a piece of code before it was shown: one line, and the first few mistakes on demand. */
import type { CodeCheck } from "../../src/contract/webview.ts";
import { Icon } from "../shared/button.tsx";
import { strings } from "../shared/strings.ts";

export function CheckBadge({ check }: { readonly check: CodeCheck }) {
  const { errors, warnings, issues } = check;
  const kind = errors > 0 ? "error" : warnings > 0 ? "warning" : "clean";
  const icon = { error: "error", warning: "warning", clean: "pass" }[kind];
  const line = (
    <>
      <Icon name={icon} /> {words(check)}
    </>
  );
  if (issues.length === 0) return <p className={`check check-${kind}`}>{line}</p>;
  const more = errors + warnings - issues.length;
  return (
    <details className={`check check-${kind}`}>
      <summary>{line}</summary>
      <ul>
        {issues.map((issue) => (
          <li key={issue}>{issue}</li>
        ))}
        {more > 0 ? <li>{strings.moreIssues(more)}</li> : null}
      </ul>
    </details>
  );
}

function words({ errors, warnings }: CodeCheck): string {
  if (errors === 0 && warnings === 0) return strings.checkedClean;
  if (warnings === 0) return strings.checkedErrors(errors);
  return errors === 0 ? strings.checkedWarnings(warnings) : strings.checkedBoth(errors, warnings);
}
