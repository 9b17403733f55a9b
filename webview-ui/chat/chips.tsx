/** What goes along with the question, each with a way to leave it out; and what could go along, one click away. */
import type { KeyboardEvent } from "react";
import type { Chip } from "../../src/contract/webview.ts";
import { Icon, IconButton } from "../shared/button.tsx";
import { useRoving } from "../shared/roving.ts";
import { strings } from "../shared/strings.ts";
import { addChip, chipDetail, chipLabel, includedChips, offeredChips, removeChip } from "./draft.ts";
import { useServices } from "./services.ts";
import type { PanelState } from "./state.ts";

const icons: Readonly<Record<Chip["kind"], string>> = {
  selection: "list-selection",
  file: "file",
  problems: "warning",
};

/** A chip's icon and words. */
export function ChipFace({ chip }: { readonly chip: Chip }) {
  return (
    <>
      <Icon name={icons[chip.kind]} />
      <span className="chip-text" title={chipDetail(chip)}>
        {chipLabel(chip)}
      </span>
    </>
  );
}

interface ContextChipsProps {
  readonly state: PanelState;
  /** Begins the search for a file. */
  readonly onAdd: () => void;
  /** Takes the focus when the chip that had it is gone and there is none left. */
  readonly onLast: () => void;
}

export function ContextChips({ state: { draft, context }, onAdd, onLast }: ContextChipsProps) {
  const { panel } = useServices();
  const roving = useRoving<HTMLUListElement>("horizontal");
  const included = includedChips(draft, context);
  const offered = offeredChips(draft, context);

  /** The focus goes to the button that comes into its place. */
  const change = (chip: Chip, what: typeof addChip): void => {
    const stops = (): HTMLElement[] => [...(roving.ref.current?.querySelectorAll<HTMLElement>("[data-rove]") ?? [])];
    const at = stops().findIndex((stop) => stop.matches(":focus"));
    panel.dispatch({ type: "draft", change: what(draft, chip) });
    if (at >= 0) queueMicrotask(() => (stops()[Math.min(at, stops().length - 1)] ?? { focus: onLast }).focus());
  };
  const onRemoveKey = (event: KeyboardEvent, chip: Chip): void => {
    if (event.key !== "Delete" && event.key !== "Backspace") return;
    event.preventDefault();
    change(chip, removeChip);
  };
  return (
    <ul className="chips" aria-label={strings.context} {...roving}>
      <li>
        <IconButton rove icon="mention" label={strings.addContext} onClick={onAdd} />
      </li>
      {included.map((chip) => (
        <li key={chip.id} className="chip chip-on">
          <ChipFace chip={chip} />
          <button
            type="button"
            className="chip-remove"
            data-rove=""
            title={strings.removeChip(chipLabel(chip))}
            aria-label={strings.removeChip(chipLabel(chip))}
            onClick={() => change(chip, removeChip)}
            onKeyDown={(event) => onRemoveKey(event, chip)}
          >
            <Icon name="close" />
          </button>
        </li>
      ))}
      {offered.map((chip) => (
        <li key={chip.id}>
          <button
            type="button"
            className="chip chip-offer"
            data-rove=""
            title={chipDetail(chip)}
            aria-label={strings.addChip(chipLabel(chip))}
            onClick={() => change(chip, addChip)}
          >
            <Icon name="add" />
            <span className="chip-text">{chipLabel(chip)}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}
