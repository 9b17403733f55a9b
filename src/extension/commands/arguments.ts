/** Arguments that keybindings, other extensions and tests may give a command; menus give other things, which are ignored. */

export interface Arguments {
  text(name: string): string | undefined;
  number(name: string): number | undefined;
  flag(name: string): boolean | undefined;
}

export function readArguments(value: unknown): Arguments {
  const record: Record<string, unknown> = typeof value === "object" && value !== null ? { ...value } : {};
  return {
    text: (name) => (typeof record[name] === "string" ? record[name] : undefined),
    number: (name) => (typeof record[name] === "number" ? record[name] : undefined),
    flag: (name) => (typeof record[name] === "boolean" ? record[name] : undefined),
  };
}

/** The path where the explorer's menu gave a file on disk. */
export function fileArgument(value: unknown): string | undefined {
  if (typeof value !== "object" || value === null || !("fsPath" in value) || !("scheme" in value)) return undefined;
  return value.scheme === "file" && typeof value.fsPath === "string" ? value.fsPath : undefined;
}
