/** What stands here without a session: how to get one. */
import { useDashboardState, useServices } from "./services.ts";

export function Locked() {
  const { words } = useServices();
  const { door, refusal } = useDashboardState();
  const { locked } = words;
  if (door === "entering") {
    return (
      <main className="locked">
        <p role="status">{locked.opening}</p>
      </main>
    );
  }
  const curl = `curl -X POST -H "X-API-Key: $HAPA_KEY" -H "Content-Type: application/json" -d "{}" ${location.origin}/api/v1/dashboard/links`;
  return (
    <main className="locked">
      <h1>{locked.title}</h1>
      {refusal === null ? (
        <p>{locked.why}</p>
      ) : (
        <p className="refusal" role="alert">
          {locked.failed} {refusal}
        </p>
      )}
      <h2>{locked.vscode}</h2>
      <p>{locked.vscodeHow}</p>
      <h2>{locked.server}</h2>
      <p>{locked.serverHow}</p>
      <pre>{curl}</pre>
    </main>
  );
}
