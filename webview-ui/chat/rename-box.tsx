/** A title changed in its place: Enter or leaving the box takes it, Escape leaves it as it was. */
import { useEffect, useRef } from "react";
import { isComposing } from "../shared/composing.ts";

interface RenameBoxProps {
  readonly title: string;
  readonly label: string;
  /** The new title, or null where it stays. */
  readonly onDone: (title: string | null) => void;
}

export function RenameBox({ title, label, onDone }: RenameBoxProps) {
  const box = useRef<HTMLInputElement>(null);
  const done = useRef(false);
  useEffect(() => box.current?.select(), []);
  const finish = (words: string | null): void => {
    if (done.current) return; // Leaving the box follows Enter.
    done.current = true;
    const changed = words?.trim() ?? "";
    onDone(changed === "" || changed === title ? null : changed);
  };
  return (
    <input
      ref={box}
      type="text"
      className="rename-box"
      aria-label={label}
      maxLength={200}
      defaultValue={title}
      onBlur={(event) => finish(event.target.value)}
      onKeyDown={(event) => {
        if (isComposing(event)) return;
        if (event.key === "Enter") finish(event.currentTarget.value);
        if (event.key === "Escape") finish(null);
        if (event.key === "Enter" || event.key === "Escape") event.preventDefault();
        // The list around it has keys of its own.
        event.stopPropagation();
      }}
    />
  );
}
