/** One line that says whether the backend works and who answers; more only where something is wrong. */
import type { BackendState } from "../../src/contract/webview.ts";
import { Button, Icon, IconButton } from "../shared/button.tsx";
import { strings } from "../shared/strings.ts";
import { useServices } from "./services.ts";

export function Header({ backend, canClear }: { readonly backend: BackendState; readonly canClear: boolean }) {
  const { panel } = useServices();
  return (
    <header className="header">
      <div className="header-line">
        <span className={`header-state header-${backend.state}`}>
          <StateMark state={backend.state} />
          <span className="header-words">{words(backend)}</span>
        </span>
        {canClear ? <IconButton icon="clear-all" label={strings.clear} onClick={panel.clear} /> : null}
      </div>
      {backend.state === "failed" ? (
        <div className="notice notice-error" role="alert">
          <Icon name="error" />
          <div className="notice-body">
            <p>{backend.message ?? strings.failed}</p>
            <Button secondary onClick={() => panel.post({ type: "runCommand", command: "hapa.showLog" })}>
              {strings.showLog}
            </Button>
          </div>
        </div>
      ) : null}
    </header>
  );
}

function StateMark({ state }: { readonly state: BackendState["state"] }) {
  if (state === "starting") return <Icon name="loading" spin />;
  return <span className="header-dot" aria-hidden="true" />;
}

function words(backend: BackendState): string {
  switch (backend.state) {
    case "starting":
      return strings.backendStarting;
    case "failed":
      return strings.backendFailed;
    case "stopped":
      return strings.backendStopped;
    case "ready":
      return strings.backendReady(backend.model ?? strings.offline);
  }
}
