/**
 * The wire's spelling and the code's, without the schemas: the server has checked what it sends, and zod would be half
 * of the page. A person's own data is left as it is; a test holds both against the contract.
 */

/** Wire names whose values are the person's own, or another server's. */
const untouched = new Set([
  "input",
  "output",
  "expected_output",
  "incumbent_output",
  "candidate_output",
  "before",
  "after",
  "details",
  "input_schema",
  "output_schema",
]);

/** `active_version` → `activeVersion`, throughout. */
export function fromWire(value: unknown): unknown {
  return renamed(value, (name) => name.replace(/_([a-z0-9])/g, (_, letter: string) => letter.toUpperCase()), untouched);
}

const untouchedInCode = new Set(["input", "output", "expectedOutput"]);

export function toWire(value: unknown): unknown {
  return renamed(value, (name) => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`), untouchedInCode);
}

function renamed(value: unknown, rename: (name: string) => string, own: ReadonlySet<string>): unknown {
  if (Array.isArray(value)) return value.map((one) => renamed(one, rename, own));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, one]) => [rename(name), own.has(name) ? one : renamed(one, rename, own)]),
  );
}
