/** What stands in an empty conversation: three tips, a sample to start from, and the way to a model where there is none. */
import type { BackendState } from "../../src/contract/webview.ts";
import { Button, Icon } from "../shared/button.tsx";
import { strings } from "../shared/strings.ts";
import { useServices } from "./services.ts";

export function EmptyState({ backend }: { readonly backend: BackendState }) {
  const { panel } = useServices();
  const fillSample = (): void =>
    panel.receive({ type: "compose", question: strings.sampleQuestion, examples: strings.sampleExamples, send: false });
  return (
    <div className="empty">
      <h2>{strings.welcome}</h2>
      <p className="dim">{strings.welcomeDetail}</p>
      <ul className="tips">
        {strings.tips.map(({ icon, text }) => (
          <li key={icon}>
            <Icon name={icon} />
            <span>{text}</span>
          </li>
        ))}
      </ul>
      <button type="button" className="sample" onClick={fillSample}>
        <span className="sample-kicker">{strings.trySample}</span>
        <span>{strings.sampleTitle}</span>
      </button>
      {backend.state === "ready" && backend.model === null ? <NoModel /> : null}
    </div>
  );
}

function NoModel() {
  const { panel } = useServices();
  return (
    <section className="no-model" aria-label={strings.noModelTitle}>
      <h3>{strings.noModelTitle}</h3>
      <p className="dim">{strings.noModelText}</p>
      <div className="buttons">
        <Button secondary onClick={() => panel.post({ type: "runCommand", command: "hapa.chooseModel" })}>
          {strings.chooseModel}
        </Button>
        <Button secondary onClick={() => panel.post({ type: "runCommand", command: "hapa.setApiKey" })}>
          {strings.setApiKey}
        </Button>
      </div>
    </section>
  );
}
