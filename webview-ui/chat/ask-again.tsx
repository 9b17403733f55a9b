/** The button that puts a question back into the composer, to be changed and asked again. */
import { Button } from "../shared/button.tsx";
import { strings } from "../shared/strings.ts";
import { useServices } from "./services.ts";
import type { Turn } from "./turn-state.ts";

export function AskAgain({ turn }: { readonly turn: Turn }) {
  const { panel } = useServices();
  return (
    <Button secondary onClick={() => panel.dispatch({ type: "askAgain", requestId: turn.id })}>
      {strings.askAgain}
    </Button>
  );
}
