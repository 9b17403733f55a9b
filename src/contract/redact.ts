/** Takes secrets out of text that is logged or shown, wherever it comes from. */

const secrets = [
  // API keys of HAPA and of model providers.
  /\bhapa_[\w-]{8,}/g,
  /\b(?:sk|pk|key)-[\w-]{8,}/g,
  /\b(?:bearer|basic)\s+[\w.~+/=-]{8,}/gi,
  // Name and password inside an address.
  /(?<=:\/\/)[^\s/@"]*:[^\s/@"]+(?=@)/g,
] as const;

/** Keys, tokens and passwords in addresses become `[redacted]`. */
export function redact(text: string): string {
  return secrets.reduce((clean, secret) => clean.replace(secret, "[redacted]"), text);
}
