/** A button that opens a menu (WAI-ARIA menu button): arrows move, Enter chooses, Escape and a click elsewhere close. */
import { type ReactNode, useEffect, useId, useRef, useState } from "react";
import { Icon } from "./button.tsx";
import { isComposing } from "./composing.ts";
import { useRoving } from "./roving.ts";

export interface MenuItem {
  readonly key: string;
  readonly label: string;
  /** In a quieter colour after the label. */
  readonly detail?: string;
  readonly icon?: string;
  /** One of a choice: true is the one that counts now. Absent: something to do. */
  readonly checked?: boolean;
  /** A line above it. */
  readonly separated?: boolean;
  readonly onChoose: () => void;
}

interface MenuProps {
  /** Name of the button; also of the menu where `menuLabel` is absent. */
  readonly label: string;
  readonly menuLabel?: string;
  readonly className: string;
  /** What the button shows. */
  readonly children: ReactNode;
  readonly items: readonly MenuItem[];
  /** Words in place of, or above, the items: "Looking for models…". */
  readonly note?: string | null;
  /** Where it opens, seen from the button. */
  readonly side: "above" | "below";
  readonly onOpen?: () => void;
}

export function MenuButton(props: MenuProps) {
  const { label, menuLabel = label, className, children, items, note = null, side, onOpen } = props;
  const [open, setOpen] = useState(false);
  const id = useId();
  const button = useRef<HTMLButtonElement>(null);
  const around = useRef<HTMLDivElement>(null);
  const roving = useRoving<HTMLDivElement>("vertical");
  const { ref: list } = roving;

  const show = (): void => {
    onOpen?.();
    setOpen(true);
  };
  const close = (): void => {
    setOpen(false);
    button.current?.focus();
  };
  useEffect(() => {
    if (!open) return;
    const items = list.current;
    (
      items?.querySelector<HTMLElement>('[aria-checked="true"]') ?? items?.querySelector<HTMLElement>("[data-rove]")
    )?.focus();
    const away = (event: Event): void => {
      if (event.target instanceof Node && !around.current?.contains(event.target)) setOpen(false);
    };
    // The workbench outside takes the focus without a click in here.
    const left = (): void => setOpen(false);
    document.addEventListener("pointerdown", away);
    document.addEventListener("focusin", away);
    window.addEventListener("blur", left);
    return () => {
      document.removeEventListener("pointerdown", away);
      document.removeEventListener("focusin", away);
      window.removeEventListener("blur", left);
    };
  }, [open, list]);

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the menu inside, wherever in it the focus is
    <div
      className="menu-anchor"
      ref={around}
      onKeyDown={(event) => {
        if (!open || isComposing(event) || !["Escape", "Tab"].includes(event.key)) return;
        event.preventDefault();
        event.stopPropagation();
        close();
      }}
    >
      <button
        type="button"
        ref={button}
        className={className}
        title={label}
        aria-label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        aria-controls={open ? id : undefined}
        onClick={() => (open ? setOpen(false) : show())}
        onKeyDown={(event) => {
          if (open || (event.key !== "ArrowDown" && event.key !== "ArrowUp")) return;
          event.preventDefault();
          show();
        }}
      >
        {children}
      </button>
      {open ? (
        <div className={`menu menu-${side}`}>
          {note === null ? null : <p className="menu-note">{note}</p>}
          <div id={id} role="menu" aria-label={menuLabel} {...roving}>
            {items.map((item) => (
              <Item key={item.key} item={item} onChosen={close} />
            ))}
          </div>
        </div>
      ) : null}
    </div>
  );
}

function Item({ item, onChosen }: { readonly item: MenuItem; readonly onChosen: () => void }) {
  const { label, detail, icon, checked, separated = false, onChoose } = item;
  const role = checked === undefined ? { role: "menuitem" } : { role: "menuitemradio", "aria-checked": checked };
  const shown = icon ?? (checked === undefined ? undefined : checked ? "check" : "blank");
  return (
    <button
      type="button"
      tabIndex={-1}
      data-rove=""
      title={detail === undefined ? undefined : `${label} · ${detail}`}
      className={`menu-item${separated ? " menu-separated" : ""}`}
      {...role}
      onClick={() => {
        // The focus goes back first: what is chosen may take it somewhere else.
        onChosen();
        onChoose();
      }}
    >
      {shown === undefined ? null : <Icon name={shown} />}
      <span className="menu-label">{label}</span>
      {detail === undefined ? null : <span className="menu-detail">{detail}</span>}
    </button>
  );
}
