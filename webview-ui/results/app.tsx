/** The results of a run: what became of the rows in numbers, what to do with them, and the rows themselves. */
import { useSyncExternalStore } from "react";
import { Icon } from "../shared/button.tsx";
import { strings } from "../shared/strings.ts";
import { Grid } from "./grid.tsx";
import type { GridState, GridStore } from "./store.ts";
import { Toolbar } from "./toolbar.tsx";

export function App({ store }: { readonly store: GridStore }) {
  const state = useSyncExternalStore(store.subscribe, store.getState);
  const { result } = state;
  if (result === null) return <p className="note">{strings.results.loading}</p>;
  return (
    <main className="results">
      <h1 className="visually-hidden">{strings.results.title(result.name)}</h1>
      <Toolbar store={store} state={state} result={result} />
      <p className="status" role="status">
        {state.working ? <Icon name="loading" spin /> : null}
        <span>{words(state)}</span>
      </p>
      {state.failure === null ? null : (
        <p className="failure" role="alert">
          {state.failure}
        </p>
      )}
      {state.total === 0 ? (
        <p className="note">{strings.results.none}</p>
      ) : (
        <Grid store={store} state={state} result={result} />
      )}
    </main>
  );
}

function words({ working, copied, total, result, view }: GridState): string {
  if (working) return strings.results.searching;
  if (copied !== null) return strings.results.copied(copied);
  const isWhole = view.filter === "all" && view.search === "";
  return isWhole ? (result?.summary ?? "") : strings.results.shown(total);
}
