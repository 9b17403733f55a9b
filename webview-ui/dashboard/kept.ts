/** What the page remembers in this browser, for this address and port only. */

type Name = "language" | "theme" | "pageToken" | "assumptions";

/** Null where nothing was kept, or the browser keeps nothing. */
export function kept(name: Name): string | null {
  try {
    return localStorage.getItem(`hapa.${name}`);
  } catch {
    return null;
  }
}

/** Null forgets it. A browser that keeps nothing asks again the next time. */
export function keep(name: Name, value: string | null): void {
  try {
    if (value === null) localStorage.removeItem(`hapa.${name}`);
    else localStorage.setItem(`hapa.${name}`, value);
  } catch {
    // Private windows of some browsers: the page works as long as it is open.
  }
}
