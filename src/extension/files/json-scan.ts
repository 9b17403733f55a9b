/**
 * Finds the elements of a JSON array in text that comes in pieces, wherever they are cut: it counts brackets and skips
 * strings, and leaves it to `JSON.parse` to say whether an element is valid, so that a broken one stops nobody. Pure.
 */

/** The array is the whole text (an empty path), or under these names. */
export type JsonPath = readonly string[];

/** A piece of text: of the head before the first element, of an element, of what stands after it, or of the rest. */
export interface Piece {
  readonly kind: "head" | "element" | "between" | "tail";
  readonly text: string;
  /** Whether the piece ends here; else the next one goes on with it. */
  readonly ends: boolean;
}

/** Goes through the objects around the array by name, until it stands before its first element. */
export class ArrayFinder {
  readonly #path: JsonPath;
  /** Called with the path of each array that is not inside another. */
  readonly #onArray: (path: JsonPath) => void;
  /** For each open object, the name that was read last; null for an array. */
  readonly #stack: (string | null)[] = [];
  #string: string | undefined;
  #escaped = false;
  #lastString = "";
  found = false;

  constructor(path: JsonPath, onArray: (path: JsonPath) => void = () => {}) {
    this.#path = path;
    this.#onArray = onArray;
  }

  /** @returns The place after the array's `[`, or -1 where it is not in this text. */
  push(text: string): number {
    for (let at = 0; at < text.length; at++) {
      const char = text[at] ?? "";
      if (this.#string !== undefined) {
        const escaped = this.#escaped;
        this.#escaped = !escaped && char === "\\";
        if (char === '"' && !escaped) {
          this.#lastString = this.#string;
          this.#string = undefined;
        } else if (this.#string.length < maxNameChars) this.#string += char;
      } else if (char === '"') this.#string = "";
      else if (char === ":") this.#name();
      else if (char === "{") this.#stack.push("");
      else if (char === "[") {
        if (this.#isAtPath()) {
          this.found = true;
          return at + 1;
        }
        if (!this.#stack.includes(null)) this.#onArray([...(this.#stack as string[])]);
        this.#stack.push(null);
      } else if (char === "}" || char === "]") this.#stack.pop();
    }
    return -1;
  }

  #name(): void {
    if (this.#stack.length === 0 || this.#stack.at(-1) === null) return;
    this.#stack[this.#stack.length - 1] = nameOf(this.#lastString);
  }

  #isAtPath(): boolean {
    return this.#stack.length === this.#path.length && this.#path.every((name, at) => this.#stack[at] === name);
  }
}

const maxNameChars = 1_000;

function nameOf(text: string): string {
  try {
    return JSON.parse(`"${text}"`) as string;
  } catch {
    return text;
  }
}

/** Cuts an array's inside into elements and what stands between them; after its `]` all is tail. */
export class ElementSplitter {
  #state: "between" | "element" | "tail" = "between";
  #depth = 0;
  #inString = false;
  #escaped = false;

  /** @param text What follows the array's `[`, or a place between two elements, and then each next piece. */
  push(text: string): Piece[] {
    const pieces: Piece[] = [];
    let from = 0;
    const cut = (to: number, ends: boolean): void => {
      if (to > from || ends) pieces.push({ kind: this.#state, text: text.slice(from, to), ends });
      from = to;
    };
    for (let at = 0; at < text.length && this.#state !== "tail"; at++) {
      const code = text.charCodeAt(at);
      if (this.#inString) {
        if (this.#escaped) this.#escaped = false;
        else if (code === backslash) this.#escaped = true;
        else if (code === quote) this.#inString = false;
      } else if (this.#state === "between") {
        if (code === closeList) {
          cut(at, true);
          this.#state = "tail";
        } else if (code !== comma && !isSpace(code)) {
          cut(at, true);
          this.#state = "element";
          at -= 1; // Looked at again, as the element's first.
        }
      } else if (code === quote) this.#inString = true;
      else if (code === openList || code === openObject) this.#depth += 1;
      else if ((code === comma || isSpace(code)) && this.#depth === 0) this.#endElement(cut, at);
      else if (code === closeList || code === closeObject) {
        if (this.#depth > 0) {
          this.#depth -= 1;
          if (this.#depth === 0) this.#endElement(cut, at + 1);
        } else if (code === closeList) {
          this.#endElement(cut, at);
          at -= 1;
        }
      }
    }
    cut(text.length, false);
    return pieces;
  }

  #endElement(cut: (to: number, ends: boolean) => void, to: number): void {
    cut(to, true);
    this.#state = "between";
  }
}

const [quote, backslash, comma] = [0x22, 0x5c, 0x2c];
const [openList, closeList, openObject, closeObject] = [0x5b, 0x5d, 0x7b, 0x7d];

function isSpace(code: number): boolean {
  return code === 32 || code === 10 || code === 13 || code === 9;
}
