/** Shows the open file and how many of its lines are selected; a click leaves them out or takes them in again. */
import { Icon } from "../shared/button.tsx";
import { strings } from "../shared/strings.ts";
import { useServices } from "./services.ts";
import type { PanelState } from "./state.ts";

export function ContextChip({ state: { context, draft } }: { readonly state: PanelState }) {
  const { panel } = useServices();
  const fileName = context?.fileName ?? null;
  const lines = context?.selectedLines.length ?? 0;
  if (lines === 0) {
    return (
      <span className="chip">
        <Icon name="file" />
        <span className="chip-text">{fileName === null ? strings.contextNone : strings.contextFile(fileName)}</span>
      </span>
    );
  }
  const included = draft.includeSelection;
  return (
    <button
      type="button"
      className={`chip chip-button ${included ? "chip-on" : "chip-off"}`}
      aria-pressed={included}
      title={included ? strings.contextExclude : strings.contextInclude}
      onClick={() => panel.dispatch({ type: "draft", change: { includeSelection: !included } })}
    >
      <Icon name={included ? "list-selection" : "eye-closed"} />
      <span className="chip-text">
        {strings.contextLines(fileName ?? "", lines)}
        {included ? "" : ` · ${strings.contextExcluded}`}
      </span>
    </button>
  );
}
