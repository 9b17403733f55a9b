/** Asks a question again as it was; where it came too often, counts down until it may. */
import { useEffect, useState } from "react";
import { Button } from "../shared/button.tsx";
import { strings } from "../shared/strings.ts";
import { useServices } from "./services.ts";
import type { Turn } from "./turn-state.ts";

export function Retry({ turn }: { readonly turn: Turn }) {
  const { panel } = useServices();
  const left = useTimeLeft(turn.retryAt);
  return (
    <Button secondary icon="refresh" disabled={left > 0} onClick={() => panel.askAgain(turn.id)}>
      {left > 0 ? strings.askAgainIn(left) : strings.askAgain}
    </Button>
  );
}

/** Milliseconds until `at`, counted down each second; 0 where it is past or null. A timer runs only meanwhile. */
function useTimeLeft(at: number | null): number {
  const { panel, now } = useServices();
  const [left, setLeft] = useState(() => (at === null ? 0 : Math.max(0, at - now())));
  useEffect(() => {
    if (at === null || at <= now()) return setLeft(0);
    setLeft(at - now());
    const timer = setInterval(() => {
      const rest = Math.max(0, at - now());
      setLeft(rest);
      if (rest > 0) return;
      clearInterval(timer);
      // Once, at the end: a countdown read aloud would drown everything else.
      panel.dispatch({ type: "say", words: strings.mayAskAgain });
    }, 1_000);
    return () => clearInterval(timer);
  }, [at, now, panel]);
  return left;
}
