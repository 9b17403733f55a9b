/** Filters with their counts, the search, and what can be done with the result. */
import { useEffect, useState } from "react";
import { type ResultInfo, resultFilters } from "../../src/contract/results.ts";
import { Button } from "../shared/button.tsx";
import { strings } from "../shared/strings.ts";
import type { GridState, GridStore } from "./store.ts";

/** A search goes through the whole file: not at every key. */
const typingMs = 250;

interface ToolbarProps {
  readonly store: GridStore;
  readonly state: GridState;
  readonly result: ResultInfo;
}

export function Toolbar({ store, state, result }: ToolbarProps) {
  const words = strings.results;
  return (
    <div className="toolbar">
      <fieldset className="filters">
        <legend className="visually-hidden">{words.filter}</legend>
        {resultFilters.map((filter) => (
          <label key={filter} className="filter">
            <input
              type="radio"
              name="filter"
              checked={state.view.filter === filter}
              onChange={() => store.setFilter(filter)}
            />
            <span>{words.filters[filter](result.counts[filter])}</span>
          </label>
        ))}
      </fieldset>
      <Search store={store} known={state.view.search} />
      <div className="actions">
        {result.again > 0 ? (
          <Button secondary icon="debug-restart" onClick={() => store.post({ type: "runAgain" })}>
            {words.runAgain(result.again)}
          </Button>
        ) : null}
        <Button secondary icon="go-to-file" onClick={() => store.post({ type: "openInEditor" })}>
          {words.openInEditor}
        </Button>
        <Button icon="save-as" onClick={() => store.post({ type: "saveAs" })}>
          {words.saveAs}
        </Button>
      </div>
    </div>
  );
}

function Search({ store, known }: { readonly store: GridStore; readonly known: string }) {
  const [text, setText] = useState(known);
  useEffect(() => {
    const timer = setTimeout(() => store.setSearch(text), typingMs);
    return () => clearTimeout(timer);
  }, [store, text]);
  return (
    <input
      className="search"
      type="search"
      aria-label={strings.results.search}
      placeholder={strings.results.search}
      maxLength={1_000}
      value={text}
      onChange={({ target }) => setText(target.value)}
      onKeyDown={({ key }) => key === "Enter" && store.setSearch(text)}
    />
  );
}
