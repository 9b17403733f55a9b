/** How far an answer is, with a button that stops it. */
import "@vscode-elements/elements/dist/vscode-progress-bar/index.js";
import { Button, Icon } from "../shared/button.tsx";
import { strings } from "../shared/strings.ts";
import { useServices } from "./services.ts";
import type { Turn } from "./turn-state.ts";

export function ProgressLine({ turn: { id, progress, text } }: { readonly turn: Turn }) {
  const { panel } = useServices();
  const unnamed = text === "" ? strings.waiting : strings.answering;
  const stage = progress === null ? unnamed : strings.stages[progress.stage];
  const known = progress?.fraction !== undefined;
  return (
    <div className="progress">
      <div className="progress-line">
        <Icon name="loading" spin />
        <span className="progress-words">{progress?.message || stage}</span>
        <Button secondary title={strings.stopHint} onClick={() => panel.stop(id)}>
          {strings.stop}
        </Button>
      </div>
      <vscode-progress-bar
        aria-label={stage}
        indeterminate={!known}
        value={known ? (progress.fraction ?? 0) * 100 : undefined}
      />
    </div>
  );
}
