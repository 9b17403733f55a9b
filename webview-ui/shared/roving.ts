/** One tab stop for a row or list of buttons; the arrow keys, Home and End move within it (WAI-ARIA: roving tabindex). */
import { type FocusEvent, type KeyboardEvent, type RefObject, useLayoutEffect, useRef } from "react";

interface Roving<E extends HTMLElement> {
  readonly ref: RefObject<E | null>;
  readonly onKeyDown: (event: KeyboardEvent) => void;
  readonly onFocus: (event: FocusEvent) => void;
}

const selector = "[data-rove]";

/**
 * Give the answer to the element around the buttons, and `data-rove` to each of them. The one that had the focus last
 * keeps the tab stop. `axis`: which arrows move. A button that is gone hands its tab stop to the first one.
 */
export function useRoving<E extends HTMLElement>(axis: "horizontal" | "vertical"): Roving<E> {
  const ref = useRef<E>(null);
  const all = (): HTMLElement[] => [...(ref.current?.querySelectorAll<HTMLElement>(selector) ?? [])];
  const stopAt = (chosen: HTMLElement | undefined): void => {
    for (const one of all()) one.tabIndex = one === chosen ? 0 : -1;
  };
  useLayoutEffect(() => {
    const stops = all();
    stopAt(stops.find((one) => one === document.activeElement) ?? stops.find((one) => one.tabIndex === 0) ?? stops[0]);
  });
  const [back, forth] = axis === "horizontal" ? ["ArrowLeft", "ArrowRight"] : ["ArrowUp", "ArrowDown"];
  return {
    ref,
    onFocus: ({ target }) => {
      if (target instanceof HTMLElement && target.matches(selector)) stopAt(target);
    },
    onKeyDown: (event) => {
      const stops = all();
      const at = event.target instanceof HTMLElement ? stops.indexOf(event.target) : -1;
      if (at < 0) return;
      const to = { [back]: at - 1, [forth]: at + 1, Home: 0, End: stops.length - 1 }[event.key];
      if (to === undefined) return;
      event.preventDefault();
      event.stopPropagation();
      stops[Math.max(0, Math.min(stops.length - 1, to))]?.focus();
    },
  };
}
